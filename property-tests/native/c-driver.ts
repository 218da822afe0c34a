import type { Compiled } from "../../src/compile.ts";
import { numberText } from "../../src/emit/c/number.ts";
import { realType } from "../../src/module/c/fields.ts";
import { givenKey, lengthNames, type Names, namesOf, variablesOf } from "../../src/module/c/names.ts";
import { insideAxes, isInteger } from "../../src/module/c/variables.ts";
import { eachCell, type Frame } from "../../src/runtime/frame.js";
import type { Batch, Example, ModelInfo, Params, State, VariableInfo } from "../../src/runtime/interface.ts";
import { anewExpected, anewText, beginsAnew } from "./c-anew.ts";
import { searchedBy, searchesText } from "./c-searches.ts";

/** A model with what it is run on, in C and as the module. */
export interface CCase {
  readonly compiled: Compiled;
  readonly params: Params;
  readonly batch: Batch;
  /** Streams with their context, and what each of their steps reads, in the inside order. */
  readonly streams?: Streams | undefined;
}

export interface Streams {
  readonly contexts: ReadonlyArray<Example>;
  readonly context: Batch;
  readonly steps: ReadonlyArray<{
    readonly input: Example;
    readonly values: Readonly<Record<string, ReadonlyArray<number>>>;
  }>;
}

/** Lists of numbers by what they are. */
export type Results = ReadonlyMap<string, ReadonlyArray<number>>;

const rate = 0.05;
const trainingSteps = 3;
/** More than 32 bits. */
const initialSeed = 3 * 2 ** 32 + 7;

/** What the module gives. */
export const expectedOf = ({ compiled, params, batch, streams }: CCase): Results => {
  const results = new Map<string, ReadonlyArray<number>>();
  const put = (name: string, values: ArrayLike<number>): void => void results.set(name, Array.from(values));
  const { model } = compiled;
  if (compiled.c.header.includes("_init("))
    for (const [path, values] of Object.entries(compiled.init(initialSeed))) put(`initial ${path}`, values);
  for (const [name, { data }] of Object.entries(compiled.forward(params, batch))) put(`forward ${name}`, data);
  if (model.hasLoss) {
    put("loss", [compiled.loss(params, batch)]);
    let state: State | undefined;
    for (const window of windowsOf({ compiled, params, batch })) {
      const found = compiled.gradient(params, batch, state);
      put(`${window} loss`, [found.loss]);
      for (const [path, values] of Object.entries(found.gradient)) put(`${window} ${path}`, values);
      state = found.state;
    }
  }
  if (model.optimiser !== undefined && model.hasLoss) {
    const trainer = compiled.trainer(params);
    for (let step = 0; step < trainingSteps; step += 1) {
      const { loss, norm } = trainer.step(batch, { rate, clip: 0.7 });
      put(`train ${step}`, [loss, norm]);
    }
    for (const [path, norm] of Object.entries(trainer.norms())) put(`trained norm ${path}`, [norm]);
    if (descends(compiled)) {
      const { gradient } = compiled.gradient(params, batch);
      put("trained along", [trainer.descend(gradient, { rate, scale: 2, clipValue: 0.3 }).norm]);
    }
    for (const [path, values] of Object.entries(trainer.params())) put(`trained ${path}`, values);
  }
  if (streams !== undefined) {
    let state = compiled.start(params, streams.contexts);
    for (const { name, draws } of generatedBy({ compiled, params, batch, streams }))
      draws.forEach((values, t) => {
        put(`${name} ${t}`, values);
      });
    streams.steps.forEach(({ input }, t) => {
      const after = compiled.step(params, state, input);
      for (const [name, values] of Object.entries(after.output)) put(`step ${t} ${name}`, values);
      state = after.state;
    });
    for (const { found } of searchedBy({ compiled, params, batch }, streams))
      for (const [name, values] of found) put(name, values);
    if (beginsAnew({ compiled, params, batch, streams }))
      for (const [name, values] of anewExpected({ compiled, params, batch }, streams)) put(name, values);
  }
  return results;
};

const descends = ({ c }: Compiled): boolean => c.header.includes("_descend(") && !c.header.includes("_slopes {");

/** Windows that go on from each other; a second one only where the model can go on after the batch. */
export const windowsOf = ({ compiled, params, batch }: CCase): ReadonlyArray<string> => {
  if (compiled.model.streamable === null) return ["gradient"];
  const { state } = compiled.gradient(params, batch);
  try {
    compiled.gradient(params, batch, state);
    return ["gradient", "gradient of a second window"];
  } catch {
    return ["gradient"];
  }
};

const drawingSeed = 2 ** 33 + 5;

/** How a model draws: by numbers that follow from a seed, and the most probable. */
const manners = [
  { name: "drawn", taste: [0.8, 0, 0], options: { seed: drawingSeed, temperature: 0.8 } },
  { name: "most probable", taste: [0, 0, 0], options: { choose: "mode" } },
  { name: "of two", taste: [1.5, 2, 0], options: { seed: drawingSeed, temperature: 1.5, topK: 2 } },
  { name: "of the nucleus", taste: [1, 0, 0.6], options: { seed: drawingSeed, topP: 0.6 } },
  {
    name: "of the nucleus of three",
    taste: [2, 3, 0.7],
    options: { seed: drawingSeed, temperature: 2, topK: 3, topP: 0.7 },
  },
] as const;

/** What the module draws of targets that are one value a step, as long as no sequence has ended, step by step. */
const generatedBy = ({ compiled, params, streams }: CCase) => {
  const { model } = compiled;
  const isMoving = ({ indices }: VariableInfo): boolean => indices.includes(model.streamable!);
  if (!compiled.c.header.includes("_generate(") || model.inputs.some(isMoving)) return [];
  const contexts = streams?.contexts ?? [];
  return manners.flatMap(({ name, taste, options }) => {
    try {
      const { values, lengths } = compiled.generate(params, {
        ...options,
        length: 5,
        size: contexts.length,
        inputs: contexts,
      });
      return Object.entries(values).flatMap(([target, sequences]) =>
        typeof sequences[0]?.[0] !== "number"
          ? []
          : [
              {
                ...{ name: `${name} ${target}`, taste, target, size: contexts.length },
                draws: Array.from({ length: Math.min(...lengths) }, (_, t) =>
                  sequences.map((each) => each[t] as number),
                ),
              },
            ],
      );
    } catch {
      return [];
    }
  });
};

/** What stands where an example has no positions: nothing of it may be read. */
const poison = { real: -3e8, integer: -77777 };

/** A file of C that runs a module on a case and prints what it gives; its functions are called apart from other files'. */
export const driverText = (given: CCase, number: number): string => {
  const { model, c } = given.compiled;
  const names = namesOf(model);
  const { prefix } = names;
  const own = [...c.header.matchAll(/^\w[\w *]*? (\w+)\(/gm)].map(([, name]) => name!);
  const precision = model.precision;
  const reals = (values: ArrayLike<number>): string =>
    values.length === 0 ? "0" : Array.from(values, (value) => numberText(value, precision)).join(", ");
  const integers = (values: ArrayLike<number>): string => (values.length === 0 ? "0" : Array.from(values).join(", "));
  const declared: string[] = [];
  const array = (type: string, values: string): string => {
    declared.push(`static const ${type} data_${declared.length}[] = {${values}};`);
    return `data_${declared.length - 1}`;
  };
  const real = realType({ model });
  const body = bodyText(given, names, { array, reals, integers, real });
  return [
    "#include <stdio.h>",
    "#include <stdlib.h>",
    ...own.map((name) => `#define ${name} case_${number}_${name.slice(prefix.length + 1)}`),
    c.source,
    ...declared,
    "static void *room(size_t size) { return size == SIZE_MAX ? NULL : malloc(size); }",
    `static void put(const char *name, const ${real} *values, size_t count) {`,
    '  printf("%s\\n", name);',
    '  for (size_t i = 0; i < count; i++) printf(" %.17g", (double)values[i]);',
    '  printf("\\n");',
    "}",
    "static void check(const char *what, int code) {",
    `  if (code != 0) printf("failed %s\\n %d\\n", what, code);`,
    "}",
    `int case_${number}(void);`,
    `int case_${number}(void) {`,
    `${prefix}_params *const params = (${prefix}_params *)calloc(1, sizeof *params);`,
    `${prefix}_batch batch;`,
    ...body,
    "free(params);",
    "(void)put, (void)check;",
    "return 0;",
    "}",
    "",
  ].join("\n");
};

interface Printing {
  readonly array: (type: string, values: string) => string;
  readonly reals: (values: ArrayLike<number>) => string;
  readonly integers: (values: ArrayLike<number>) => string;
  readonly real: string;
}

/** A text in C; names in it are any. */
const quoted = (text: string): string => JSON.stringify(encodeURIComponent(text));

const bodyText = (given: CCase, names: Names, printing: Printing): ReadonlyArray<string> => {
  const { compiled, params, batch, streams } = given;
  const { model } = compiled;
  const { prefix } = names;
  const { array, reals, real } = printing;
  const address = (shape: ReadonlyArray<number>, text: string): string => (shape.length === 0 ? `&${text}` : text);
  const numbers = (shape: ReadonlyArray<number>): number => shape.reduce((a, b) => a * b, 1);
  const putParams = (of: string, title: string, skip: boolean): ReadonlyArray<string> =>
    model.params
      .filter(({ fixed }) => !(skip && fixed === true))
      .map(
        ({ path, shape }) =>
          `put(${quoted(`${title} ${path}`)}, (const ${real} *)(const void *)${address(shape, `${of}${names.params(path)}`)}, ${numbers(shape)});`,
      );
  const memory = (name: string): string => `void *memory = room(${prefix}_${name}_memory(batch.sizes));`;
  const lines: string[] = model.params.map(
    ({ path, shape }) =>
      `memcpy(${address(shape, `params->${names.params(path)}`)}, ${array(real, reals(params[path]!))}, ${numbers(shape)} * sizeof(rn_f));`,
  );
  if (compiled.c.header.includes(`${prefix}_init(`))
    lines.unshift(`${prefix}_init(params, UINT64_C(${initialSeed}));`, ...putParams("params->", "initial", false));
  lines.push(...batchText(model, names, batch, "batch", printing));
  const outputs = compiled.forward(params, batch);
  lines.push(
    "{",
    memory("forward"),
    `${prefix}_outputs outputs;`,
    "memset(&outputs, 0, sizeof outputs);",
    ...Object.entries(outputs).map(
      ([name, { data }]) =>
        `outputs.${names.outputs(name)} = (${real} *)malloc(${Math.max(1, data.length)} * sizeof(rn_f));`,
    ),
    `check("forward", ${prefix}_forward(params, &batch, &outputs, memory));`,
    ...Object.entries(outputs).flatMap(([name, { data }]) => [
      `put(${quoted(`forward ${name}`)}, outputs.${names.outputs(name)}, ${data.length});`,
      `free(outputs.${names.outputs(name)});`,
    ]),
    "free(memory);",
    "}",
  );
  if (model.hasLoss) {
    const windows = windowsOf(given);
    const { gradient } = compiled.gradient(params, batch);
    const sloped = model.inputs.filter(({ name }) => gradient[name] !== undefined);
    const slopeOf = ({ name }: VariableInfo): string => `slopes.${names.data(name)}`;
    lines.push(
      "{",
      memory("loss"),
      "rn_f loss = 0;",
      `check("loss", ${prefix}_loss(params, &batch, &loss, memory));`,
      'put("loss", &loss, 1);',
      "free(memory);",
      "}",
      "{",
      memory("gradient"),
      "rn_f loss = 0;",
      `${prefix}_params *const gradient = (${prefix}_params *)calloc(1, sizeof *gradient);`,
      ...(model.streamable === null || !compiled.c.header.includes("_state_memory")
        ? []
        : [`batch.state = calloc(1, ${prefix}_state_memory(batch.sizes));`]),
      ...(sloped.length === 0 ? [] : [`${prefix}_slopes slopes;`]),
      ...sloped.map(
        (input) => `${slopeOf(input)} = (${real} *)malloc(${gradient[input.name]!.length} * sizeof(rn_f));`,
      ),
      ...windows.flatMap((window) => [
        `check(${quoted(window)}, ${prefix}_gradient(params, &batch, &loss, gradient, ${sloped.length === 0 ? "" : "&slopes, "}memory));`,
        ...sloped.map(
          (input) => `put(${quoted(`${window} ${input.name}`)}, ${slopeOf(input)}, ${gradient[input.name]!.length});`,
        ),
        `put(${quoted(`${window} loss`)}, &loss, 1);`,
        ...putParams("gradient->", window, true),
      ]),
      ...(model.streamable === null || !compiled.c.header.includes("_state_memory")
        ? []
        : ["free(batch.state);", "batch.state = NULL;"]),
      ...sloped.map((input) => `free(${slopeOf(input)});`),
      "free(gradient);",
      "free(memory);",
      "}",
    );
  }
  if (model.optimiser !== undefined && model.hasLoss)
    lines.push(
      "{",
      memory("train"),
      `${prefix}_trainer *const trainer = (${prefix}_trainer *)calloc(1, sizeof *trainer);`,
      `${prefix}_descent descent = ${prefix}_usual(${numberText(rate, model.precision)});`,
      "rn_f told[2] = {0, 0};",
      `descent.clip = ${numberText(0.7, model.precision)};`,
      "trainer->params = *params;",
      ...Array.from({ length: trainingSteps }, (_, step) => [
        `check("train", ${prefix}_train(trainer, &batch, &descent, &told[0], &told[1], memory));`,
        `put(${quoted(`train ${step}`)}, told, 2);`,
      ]).flat(),
      ...[...(/_norms \{([^}]*)\}/.exec(compiled.c.header)?.[1] ?? "").matchAll(/ (\w+); \/\* (.*) \*\//g)].map(
        ([, field, path]) => `put(${quoted(`trained norm ${path}`)}, &trainer->norms.${field}, 1);`,
      ),
      ...(descends(compiled)
        ? [
            `${prefix}_params *const along = (${prefix}_params *)calloc(1, sizeof *along);`,
            `void *other = room(${prefix}_gradient_memory(batch.sizes));`,
            `check("gradient", ${prefix}_gradient(params, &batch, NULL, along, other));`,
            "free(other);",
            `other = room(${prefix}_descend_memory());`,
            `descent.clip = rn_infinity(), descent.scale = 2, descent.clip_value = ${numberText(0.3, model.precision)};`,
            `check("descend", ${prefix}_descend(trainer, along, &descent, told, other));`,
            'put("trained along", told, 1);',
            "free(along);",
            "free(other);",
          ]
        : []),
      ...putParams("trainer->params.", "trained", false),
      "free(trainer);",
      "free(memory);",
      "}",
    );
  if (streams !== undefined) lines.push(...streamsText(given, streams, names, printing));
  return lines;
};

const streamsText = (
  given: CCase,
  { contexts, context, steps }: Streams,
  names: Names,
  printing: Printing,
): ReadonlyArray<string> => {
  const { compiled, params } = given;
  const { model } = compiled;
  const { prefix } = names;
  const { array, real, reals, integers } = printing;
  const first = compiled.step(params, compiled.start(params, contexts), steps[0]!.input);
  const lines: string[] = [
    "{",
    `${prefix}_batch context;`,
    ...batchText(model, names, context, "context", printing),
    `void *stream = room(${prefix}_stream_memory(context.sizes));`,
    `${prefix}_step_inputs inputs;`,
    `${prefix}_step_outputs outputs;`,
    "memset(&inputs, 0, sizeof inputs);",
    "memset(&outputs, 0, sizeof outputs);",
    ...Object.entries(first.output).map(
      ([name, values]) =>
        `outputs.${names.outputs(name)} = (${real} *)malloc(${Math.max(1, values.length)} * sizeof(rn_f));`,
    ),
    `check("start", ${prefix}_start(stream, params, &context));`,
    ...generatedBy(given).flatMap(({ name, taste, target, size, draws }) => {
      const variable = model.targets.find((each) => each.name === target)!;
      const isWhole = isInteger({ variable, isFlag: false, axes: [] });
      return [
        "{",
        `${prefix}_random random[${size}];`,
        `${prefix}_drawn drawn;`,
        `${isWhole ? "int32_t" : real} values[${size}] = {0};`,
        `${real} told[${size}] = {0};`,
        `${prefix}_seed(random, ${size}, UINT64_C(${drawingSeed}));`,
        `const ${prefix}_taste taste = {${compiled.c.header.includes("top_k") ? taste.join(", ") : taste[0]}};`,
        `check("start", ${prefix}_start(stream, params, &context));`,
        "memset(&drawn, 0, sizeof drawn);",
        `drawn.${names.data(target)} = values;`,
        ...draws.flatMap((_, t) => [
          `check("generate", ${prefix}_generate(stream, NULL, random, &taste, &drawn));`,
          `for (int b = 0; b < ${size}; b++) told[b] = (${real})values[b];`,
          `put(${quoted(`${name} ${t}`)}, told, ${size});`,
        ]),
        "}",
      ];
    }),
    `check("start", ${prefix}_start(stream, params, &context));`,
  ];
  const putOutputs = (title: string): ReadonlyArray<string> =>
    Object.entries(first.output).map(
      ([name, values]) => `put(${quoted(`${title} ${name}`)}, outputs.${names.outputs(name)}, ${values.length});`,
    );
  const read = /_step_inputs \{([^}]*)\}/.exec(compiled.c.header)![1]!;
  steps.forEach(({ values }, t) => {
    for (const variable of variablesOf(model)) {
      const given = { variable, isFlag: false, axes: [] };
      const numbers = values[variable.name];
      if (numbers === undefined || !read.includes(`*${names.data(variable.name)};`)) continue;
      const data = isInteger(given) ? array("int32_t", integers(numbers)) : array(real, reals(numbers));
      lines.push(`inputs.${names.data(variable.name)} = ${data};`);
    }
    lines.push(`check("step", ${prefix}_step(stream, &inputs, &outputs));`, ...putOutputs(`step ${t}`));
    // A copy is a stream of its own.
    if (t === 0)
      lines.push(
        "{",
        `const size_t size = ${prefix}_stream_memory(context.sizes);`,
        "void *other = malloc(size);",
        "memcpy(other, stream, size);",
        "free(stream);",
        "stream = other;",
        "}",
      );
  });
  lines.push(...searchesText(given, given.streams!, names, array));
  if (beginsAnew(given)) lines.push(...anewText(model, given.streams!, names, array, putOutputs, read));
  lines.push(...Object.keys(first.output).map((name) => `free(outputs.${names.outputs(name)});`), "free(stream);", "}");
  return lines;
};

/** The statements that fill in a batch; padding is whatever may not be read. */
const batchText = (
  model: ModelInfo,
  names: Names,
  batch: Batch,
  to: string,
  { array, reals, integers, real }: Printing,
): ReadonlyArray<string> => [
  `memset(&${to}, 0, sizeof ${to});`,
  `${to}.sizes.batch = ${batch.size};`,
  ...lengthNames(model).flatMap((length, i) => {
    const longest = batch.longest[length];
    if (longest === undefined) return [];
    const table = batch.lengths[length]!;
    const isWhole = table.every((each) => each === longest);
    return [
      `${to}.sizes.${names.data(length)} = ${longest};`,
      // Where all are as long as the longest it need not be said.
      ...(isWhole && i % 2 === 0 ? [] : [`${to}.${names.data(length)} = ${array("int32_t", integers(table))};`]),
    ];
  }),
  ...variablesOf(model).flatMap((variable) => {
    const values = batch.values[variable.name];
    // Noise is its mean where none is given.
    if (values === undefined || model.noises.some(({ name }) => name === variable.name)) return [];
    const flags = batch.values[`@given.${variable.name}`];
    const isWhole = isInteger({ variable, isFlag: false, axes: [] });
    const numbers = poisoned(model, variable, batch, Array.from(values), isWhole ? poison.integer : poison.real);
    const data = isWhole ? array("int32_t", integers(numbers)) : array(real, reals(numbers));
    return [
      `${to}.${names.data(variable.name)} = ${data};`,
      ...(flags === undefined
        ? []
        : [
            `${to}.${names.data(givenKey(variable.name))} = ${array(real, reals(poisoned(model, { ...variable, shape: [] }, batch, Array.from(flags), 5)))};`,
          ]),
    ];
  }),
];

const poisoned = (
  model: ModelInfo,
  variable: VariableInfo,
  frame: Frame,
  values: ReadonlyArray<number>,
  instead: number,
): ReadonlyArray<number> => {
  const found = [...values];
  const block = variable.shape.reduce((a, b) => a * b, 1);
  const axes = insideAxes(model, variable).map((axis) => (axis === "batch" ? null : axis));
  eachCell(axes, frame, (cell, _, valid) => {
    if (!valid) found.fill(instead, cell * block, (cell + 1) * block);
  });
  return found;
};

/** What a driver has printed: for each case its results. */
export const resultsIn = (printed: string): ReadonlyArray<Results> => {
  const cases: Array<Map<string, ReadonlyArray<number>>> = [];
  const lines = printed.split("\n");
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const [name = "", values = ""] = [lines[i], lines[i + 1]];
    if (name === "case") cases.push(new Map());
    else
      cases.at(-1)?.set(
        decodeURIComponent(name),
        values
          .trim()
          .split(" ")
          .filter((word) => word !== "")
          .map(read),
      );
  }
  return cases;
};

const read = (word: string): number =>
  /nan/.test(word)
    ? Number.NaN
    : /inf/.test(word)
      ? (word.startsWith("-") ? -1 : 1) * Number.POSITIVE_INFINITY
      : Number(word);
