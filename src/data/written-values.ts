import type { Example, ModelInfo, Nested, VariableInfo } from "../runtime/interface.ts";

/** What was drawn at a step: a number, or those of all cells that a target has there, one after the other. */
type Step = number | ReadonlyArray<number>;

/**
 * What was drawn of a target step by step, as nested arrays in the order of its indices. Where it cannot be told how long
 * its other axes are, the steps as they are.
 */
export const writtenValues = (
  model: ModelInfo,
  { indices, shape }: VariableInfo,
  example: Example,
  steps: ReadonlyArray<Step>,
): ReadonlyArray<unknown> => {
  const others = model.axes.filter(({ name }) => name !== model.streamable && indices.includes(name));
  if (others.length === 0 && shape.length < 2) return steps;
  const sizes = others.map((axis) => lengthIn(model, axis, example));
  if (sizes.some((size) => size === undefined)) return steps;
  const extents = new Map(others.map(({ name }, i) => [name, sizes[i]!]));
  const nested = (depth: number, at: ReadonlyMap<string, number>): unknown => {
    const index = indices[depth];
    if (index === undefined) {
      const cell = others.reduce((place, { name }) => place * extents.get(name)! + at.get(name)!, 0);
      return componentsOf(shape, steps[at.get(`${model.streamable}`)!]!, cell);
    }
    const size = index === model.streamable ? steps.length : extents.get(index)!;
    return Array.from({ length: size }, (_, i) => nested(depth + 1, new Map(at).set(index, i)));
  };
  return nested(0, new Map()) as ReadonlyArray<unknown>;
};

const componentsOf = ([size, ...inner]: ReadonlyArray<number>, step: Step, place: number): unknown => {
  if (size === undefined) return typeof step === "number" ? step : step[place];
  return Array.from({ length: size }, (_, i) => componentsOf(inner, step, place * size + i));
};

/** How long an axis is in an example, which says it by its data or by name. */
const lengthIn = (
  { inputs, targets }: ModelInfo,
  { name, length, over }: ModelInfo["axes"][number],
  example: Example,
): number | undefined => {
  if (typeof length === "number") return length;
  if (over.length > 0) return undefined;
  const given = example[length];
  if (typeof given === "number") return given;
  const variable = [...inputs, ...targets].find(
    (each) => each.indices.includes(name) && Object.hasOwn(example, each.name),
  );
  return variable === undefined ? undefined : sizeAt(example[variable.name]!, variable.indices.indexOf(name));
};

const sizeAt = (value: Nested, depth: number): number | undefined => {
  if (value === null || typeof value === "number") return undefined;
  if ("data" in value) return value.shape[depth];
  return depth === 0 ? value.length : sizeAt((value as ReadonlyArray<Nested>)[0] ?? null, depth - 1);
};
