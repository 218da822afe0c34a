import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { randomExample } from "../../src/check/random-example.ts";
import type { Compiled } from "../../src/compile.ts";
import type { Example, ModelInfo, Nested, VariableInfo } from "../../src/runtime/interface.ts";
import { stepVariables } from "../../src/runtime/stream-input.js";
import { contextPart } from "../../src/runtime/stream-start.js";
import type { Streams } from "./c-driver.ts";

const stepCount = 4;

/** Streams of random examples; none where a model does not step, or gives nothing when it does. */
export const randomStreams = (compiled: Compiled, generator: RandomGenerator, count = 2): Streams | undefined => {
  const { model } = compiled;
  if (model.streamable === null || !compiled.c.header.includes("_step_inputs {")) return undefined;
  const axis = model.axes.find(({ name }) => name === model.streamable)!;
  const examples = Array.from({ length: count }, () =>
    randomExample(model, generator, (name) =>
      name === axis.length ? { least: stepCount, greatest: stepCount } : { least: 3, greatest: 3 },
    ),
  );
  const still = contextPart(model);
  const stillNames = [...still.inputs, ...still.targets].map(({ name }) => name);
  const lengths = still.axes.map(({ length }) => String(length));
  const packed = compiled.pack(examples);
  // Lengths that moving data show alone are told by name.
  const untold = still.axes.filter(
    ({ name, length }) =>
      typeof length === "string" &&
      !(length in examples[0]!) &&
      ![...still.inputs, ...still.targets].some(({ indices }) => indices.includes(name)),
  );
  if (untold.some(({ over }) => over.length > 0)) return undefined;
  const contexts = examples.map((example, b) => ({
    ...only(example, [...stillNames, ...lengths]),
    ...Object.fromEntries(untold.map(({ length }) => [length, packed.lengths[length]![b]!])),
  }));
  const variables = stepVariables(model, model.streamable).filter(({ noise }) => noise === undefined);
  const steps = Array.from({ length: stepsOf(model, examples[0]!, axis.length) }, (_, t) => {
    const of = (variable: VariableInfo, example: Example): Nested =>
      at(example[variable.name]!, indicesOf(model, variable).indexOf(model.streamable!), t);
    return {
      input: Object.fromEntries(
        variables.map((variable) => [variable.name, examples.map((example) => of(variable, example)) as Nested]),
      ),
      values: Object.fromEntries(
        variables.map((variable) => [
          variable.name,
          flat(
            model,
            variable,
            examples.map((example) => of(variable, example)),
          ),
        ]),
      ),
    };
  });
  return steps.length === 0 ? undefined : { contexts, context: packed, steps };
};

/** Of an axis of fixed length all steps, of others as many as the example has. */
const stepsOf = (model: ModelInfo, example: Example, length: number | string): number => {
  if (typeof length === "number") return length;
  const variable = [...model.inputs, ...model.targets].find(({ indices }) => indices.includes(model.streamable!));
  if (variable === undefined) return typeof example[length] === "number" ? (example[length] as number) : stepCount;
  let nested = example[variable.name]!;
  for (const index of variable.indices) {
    if (index === model.streamable) return (nested as ReadonlyArray<Nested>).length;
    nested = (nested as ReadonlyArray<Nested>)[0]!;
  }
  return 0;
};

const indicesOf = (model: ModelInfo, { name }: VariableInfo): ReadonlyArray<string> =>
  [...model.inputs, ...model.targets].find((variable) => variable.name === name)!.indices;

const only = (example: Example, names: ReadonlyArray<string>): Example =>
  Object.fromEntries(Object.entries(example).filter(([name]) => names.includes(name)));

const at = (nested: Nested, depth: number, t: number): Nested =>
  depth === 0
    ? (nested as ReadonlyArray<Nested>)[t]!
    : (nested as ReadonlyArray<Nested>).map((each) => at(each, depth - 1, t));

/** The values of each stream, in the inside order: the axes that are left as they are declared, the streams, the components. */
const flat = (
  model: ModelInfo,
  { indices, shape }: VariableInfo,
  each: ReadonlyArray<Nested>,
): ReadonlyArray<number> => {
  const inside = model.axes.filter(({ name }) => indices.includes(name)).map(({ name }) => indices.indexOf(name));
  const leaf = (nested: Nested, position: ReadonlyArray<number>): Nested =>
    position.reduce<Nested>((found, i) => (found as ReadonlyArray<Nested>)[i]!, nested);
  const extent = (depth: number): number =>
    (
      leaf(
        each[0]!,
        Array.from({ length: depth }, () => 0),
      ) as ReadonlyArray<Nested>
    ).length;
  const walk = (place: number, position: ReadonlyArray<number>): ReadonlyArray<number> =>
    place === inside.length
      ? each.flatMap((nested) => components(leaf(nested, position), shape.length))
      : Array.from({ length: extent(inside[place]!) }, (_, i) =>
          walk(place + 1, Object.assign([...position], { [inside[place]!]: i })),
        ).flat();
  return walk(
    0,
    indices.map(() => 0),
  );
};

const components = (nested: Nested, depth: number): ReadonlyArray<number> =>
  depth === 0 ? [nested as number] : (nested as ReadonlyArray<Nested>).flatMap((each) => components(each, depth - 1));
