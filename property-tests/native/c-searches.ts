import { numberText } from "../../src/emit/c/number.ts";
import type { Names } from "../../src/module/c/names.ts";
import { isInteger } from "../../src/module/c/variables.ts";
import type { Example, Generated, GenerateOptions, Nested, Params, VariableInfo } from "../../src/runtime/interface.ts";
import type { CCase, Streams } from "./c-driver.ts";

/** A search, and how many steps of each sequence are given. */
interface Search {
  readonly name: string;
  readonly beam: number;
  readonly keep: number;
  readonly lengthPenalty: number;
  readonly prefix: ReadonlyArray<number> | undefined;
}

const searches: ReadonlyArray<Search> = [
  { name: "a beam of one", beam: 1, keep: 1, lengthPenalty: 0, prefix: undefined },
  { name: "three of a beam of four", beam: 4, keep: 3, lengthPenalty: 0.7, prefix: undefined },
  { name: "a beam of seven after a beginning", beam: 7, keep: 7, lengthPenalty: 2, prefix: [2, 1] },
];

type Found = ReadonlyArray<readonly [name: string, values: ReadonlyArray<number>]>;

/** A search with what it finds, of each sequence the best: how many steps it has, how probable it is, its values. */
export interface Searched {
  readonly search: Search;
  readonly found: Found;
}

/** What the module finds, where no rounding decides which of two is the better. */
export const searchedBy = ({ compiled, params }: CCase, streams: Streams): ReadonlyArray<Searched> => {
  if (!compiled.c.header.includes("_search(")) return [];
  return searches.flatMap((search) => {
    const options = optionsOf(compiled.model, streams, search);
    try {
      const generated = compiled.search(params, options);
      const isStable = [1, 2, 3].every(
        (seed) => shown(compiled.search(shaken(params, seed), options)) === shown(generated),
      );
      return isStable ? [{ search, found: foundIn(compiled.model, generated, streams, search) }] : [];
    } catch {
      return [];
    }
  });
};

const shown = ({ values, lengths, of }: Generated): string => JSON.stringify([values, lengths, of]);

/** The same parameters but for about their ninth digit. */
const shaken = (params: Params, seed: number): Params =>
  Object.fromEntries(
    Object.entries(params).map(([path, values]) => [
      path,
      values.map((value, i) => value * (1 + 1e-9 * (((i * 7 + seed * 13) % 5) - 2))),
    ]),
  );

type Model = CCase["compiled"]["model"];

const isMoving = (model: Model, { indices }: VariableInfo): boolean => indices.includes(`${model.streamable}`);

const optionsOf = (
  model: Model,
  { contexts, steps }: Streams,
  { beam, keep, lengthPenalty, prefix }: Search,
): GenerateOptions & { readonly beam: number } => {
  const along = (variable: VariableInfo, b: number, count: number): Nested =>
    inserted(
      steps.slice(0, count).map(({ input }) => (input[variable.name] as ReadonlyArray<Nested>)[b]!),
      variable.indices.indexOf(`${model.streamable}`),
    );
  const moving = model.inputs.filter((input) => isMoving(model, input));
  const targets = model.targets.filter((target) => isMoving(model, target));
  return {
    ...{ beam, keep, lengthPenalty, length: steps.length, size: contexts.length },
    inputs: contexts.map(
      (context, b): Example => ({
        ...context,
        ...Object.fromEntries(moving.map((input) => [input.name, along(input, b, steps.length)])),
      }),
    ),
    ...(prefix === undefined
      ? {}
      : {
          prefix: contexts.map((_, b) =>
            Object.fromEntries(targets.map((target) => [target.name, along(target, b, prefix[b]!)])),
          ),
        }),
  };
};

/** What was cut along an axis at some depth, together again. */
const inserted = (parts: ReadonlyArray<Nested>, depth: number): Nested =>
  depth === 0
    ? parts
    : (parts[0] as ReadonlyArray<Nested>).map((_, j) =>
        inserted(
          parts.map((part) => (part as ReadonlyArray<Nested>)[j]!),
          depth - 1,
        ),
      );

const targetsOf = (model: Model, { values }: Pick<Generated, "values">): ReadonlyArray<VariableInfo> =>
  model.targets.filter(({ name }) => name in values);

const foundIn = (model: Model, generated: Generated, { contexts }: Streams, { name, keep }: Search): Found => {
  const { values, lengths, logProbabilities = [], of = [] } = generated;
  return contexts.flatMap((_, b) => {
    const own = of.flatMap((sequence, i) => (sequence === b ? [i] : []));
    return Array.from({ length: keep }, (_, k) => {
      const i = own[k];
      const told =
        i === undefined
          ? [-1]
          : [
              lengths[i]!,
              logProbabilities[i]!,
              ...targetsOf(model, generated).flatMap((target) => values[target.name]![i]!.flat()),
            ];
      return [`search ${name} ${b} ${k}`, told] as const;
    });
  });
};

/** The same in C, where a context stands. */
export const searchesText = (
  given: CCase,
  streams: Streams,
  names: Names,
  array: (type: string, values: string) => string,
): ReadonlyArray<string> => {
  const { model } = given.compiled;
  const { prefix } = names;
  const real = model.precision === "f32" ? "float" : "double";
  const { contexts, steps } = streams;
  const typeOf = (variable: VariableInfo): string =>
    isInteger({ variable, isFlag: false, axes: [] }) ? "int32_t" : real;
  const data = (variable: VariableInfo): string => {
    const all = steps.flatMap(({ values }) => values[variable.name]!);
    const texts = typeOf(variable) === real ? all.map((value) => numberText(value, model.precision)) : all.map(String);
    return array(typeOf(variable), texts.join(", ") || "0");
  };
  const declared = /_search_inputs \{([^}]*)\}/.exec(given.compiled.c.header)?.[1] ?? "";
  return searchedBy(given, streams).flatMap(({ search, found }) => {
    const { beam, keep, lengthPenalty } = search;
    const drawn = targetsOf(model, given.compiled.search(given.params, optionsOf(model, streams, search)));
    const size = ({ name }: VariableInfo): number => (steps[0]!.values[name]?.length ?? 0) / contexts.length;
    return [
      "{",
      `const ${prefix}_beam beam = {${beam}, ${keep}, ${steps.length}, ${lengthPenalty}};`,
      `${prefix}_search_inputs inputs;`,
      `${prefix}_found found;`,
      `int32_t steps[${keep * contexts.length}];`,
      `double logs[${keep * contexts.length}];`,
      "memset(&inputs, 0, sizeof inputs);",
      "memset(&found, 0, sizeof found);",
      "found.steps = steps;",
      "found.log_probability = logs;",
      ...model.inputs.flatMap((input) =>
        isMoving(model, input) && declared.includes(`*${names.search(input.name)};`)
          ? [`inputs.${names.search(input.name)} = ${data(input)};`]
          : [],
      ),
      ...(search.prefix === undefined
        ? []
        : [
            `inputs.prefix = ${array("int32_t", search.prefix.join(", "))};`,
            ...drawn.map((target) => `inputs.${names.search(target.name)} = ${data(target)};`),
          ]),
      ...drawn.map(
        (target) =>
          `${typeOf(target)} found_${names.search(target.name)}[${keep * contexts.length * steps.length * Math.max(1, size(target))}];`,
      ),
      ...drawn.map((target) => `found.${names.search(target.name)} = found_${names.search(target.name)};`),
      `void *memory = room(${prefix}_search_memory(context.sizes, beam));`,
      `check("search", ${prefix}_search(params, &context, &inputs, &beam, &found, memory));`,
      "free(memory);",
      ...found.flatMap(([title], i) => [
        `printf("%s\\n %d", ${JSON.stringify(encodeURIComponent(title))}, (int)steps[${i}]);`,
        `if (steps[${i}] >= 0) {`,
        `printf(" %.17g", logs[${i}]);`,
        ...drawn.map(
          (target) =>
            `for (int i = 0; i < steps[${i}] * ${size(target)}; i++) printf(" %.17g", (double)found_${names.search(target.name)}[${i * steps.length * size(target)} + i]);`,
        ),
        "}",
        'printf("\\n");',
      ]),
      "}",
    ];
  });
};
