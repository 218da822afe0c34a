import type { CompiledModel, Example, Nested, VariableInfo } from "../../src/runtime/interface.ts";

/** The variables of a model that stand over the axis that it streams along. */
export const movingOf = ({ model }: Pick<CompiledModel, "model">): ReadonlyArray<VariableInfo> =>
  [...model.inputs, ...model.targets].filter(({ indices }) => indices.includes(`${model.streamable}`));

/** The same without that axis, of one example. */
export const stillOf = (model: Pick<CompiledModel, "model">, example: Example): Example => {
  const names = movingOf(model).map(({ name }) => name);
  return Object.fromEntries(Object.entries(example).filter(([name]) => !names.includes(name)));
};

/** An example from one position to another. */
export const partOf = (model: Pick<CompiledModel, "model">, example: Example, from: number, to: number): Example => ({
  ...stillOf(model, example),
  ...Object.fromEntries(
    movingOf(model).map((variable) => [
      variable.name,
      cut(example[variable.name]!, variable.indices.indexOf(`${model.model.streamable}`), from, to),
    ]),
  ),
});

const cut = (nested: Nested, depth: number, from: number, to: number): Nested =>
  depth === 0
    ? (nested as ReadonlyArray<Nested>).slice(from, to)
    : (nested as ReadonlyArray<Nested>).map((each) => cut(each, depth - 1, from, to));

/** What stands at one position: the axis is gone. */
export const atPosition = (model: Pick<CompiledModel, "model">, example: Example, position: number): Example =>
  Object.fromEntries(
    movingOf(model).map((variable) => [
      variable.name,
      picked(example[variable.name]!, variable.indices.indexOf(`${model.model.streamable}`), position),
    ]),
  );

const picked = (nested: Nested, depth: number, position: number): Nested =>
  depth === 0
    ? (nested as ReadonlyArray<Nested>)[position]!
    : (nested as ReadonlyArray<Nested>).map((each) => picked(each, depth - 1, position));

/** Nested arrays row-major, each level as long as the longest of all streams there; padded with 0. */
export const flattened = (nested: ReadonlyArray<Nested>): ReadonlyArray<ReadonlyArray<number>> => {
  const extents = extentsOf(nested);
  const walk = (value: Nested | undefined, depth: number): ReadonlyArray<number> => {
    if (depth === extents.length) return [Number(value ?? 0)];
    return Array.from({ length: extents[depth]! }, (_, i) =>
      walk((value as ReadonlyArray<Nested> | undefined)?.[i], depth + 1),
    ).flat();
  };
  return nested.map((value) => walk(value, 0));
};

const extentsOf = (nested: ReadonlyArray<Nested>): ReadonlyArray<number> => {
  const lists = nested.filter((value) => Array.isArray(value)) as ReadonlyArray<ReadonlyArray<Nested>>;
  if (lists.length === 0) return [];
  const longest = Math.max(...lists.map(({ length }) => length));
  return [longest, ...extentsOf(lists.flat())];
};
