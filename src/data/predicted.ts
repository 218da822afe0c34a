import { lengthPlace } from "../runtime/frame.js";
import type { Batch, CompiledModel, Example, ModelInfo, Nested, Output, Params } from "../runtime/interface.ts";

/**
 * What a model says of an example: each output as nested arrays in the order of its indices, without padding. Along a ragged
 * axis that stands outside of one that its length depends on, what is not there is null.
 */
export type Prediction = Readonly<Record<string, Nested>>;

/** The outputs of a model for examples, `size` of them at a time. */
export const predict = (
  compiled: Pick<CompiledModel, "model" | "pack" | "forward">,
  params: Params,
  examples: ReadonlyArray<Example>,
  size = 64,
): ReadonlyArray<Prediction> => {
  const { model } = compiled;
  return chunksOf(examples, size).flatMap((chunk) => {
    const batch = compiled.pack(chunk);
    const outputs = compiled.forward(params, batch);
    return chunk.map((_, example) =>
      Object.fromEntries(
        [...model.outputs, ...(model.expected ?? [])].map(({ name, indices }) => {
          const output = outputs[name] as Output;
          return [name, nestedOf(model, batch, output, indices.length, example)];
        }),
      ),
    );
  });
};

/** Examples that follow each other and give the same names, for a batch has a target or has none. */
const chunksOf = (examples: ReadonlyArray<Example>, size: number): ReadonlyArray<ReadonlyArray<Example>> => {
  const chunks: Example[][] = [];
  let last = "";
  for (const example of examples) {
    const names = JSON.stringify(Object.keys(example).sort());
    const chunk = names === last ? chunks.at(-1) : undefined;
    if (chunk === undefined || chunk.length === size) chunks.push([example]);
    else chunk.push(example);
    last = names;
  }
  return chunks;
};

/** Positions along axes, counted from 0. */
type Positions = Readonly<Record<string, number>>;

/** How long an axis is in one example: at positions of those that this depends on, or at the most where not all are known. */
const lengthsIn =
  (model: ModelInfo, batch: Batch, example: number) =>
  (name: string, at: Positions): number => {
    const axis = model.axes.find((other) => other.name === name)!;
    if (typeof axis.length === "number") return axis.length;
    const table = batch.lengths[axis.length]!;
    const size = table.length / batch.size;
    const outer = axis.over.flatMap((other) => at[other] ?? []);
    if (outer.length < axis.over.length) return Math.max(0, ...table.subarray(example * size, (example + 1) * size));
    return table[lengthPlace(batch.longest, axis, model.axes)(example, outer)]!;
  };

/** The values of one example in a padded output, in which the batch follows so many axes. */
const nestedOf = (
  model: ModelInfo,
  batch: Batch,
  { axes, shape, data }: Output,
  times: number,
  example: number,
): Nested => {
  const lengthOf = lengthsIn(model, batch, example);
  const indices = axes.slice(0, times);
  const open = indices.filter((name, i) =>
    model.axes.some((axis) => axis.name === name && axis.over.some((outer) => indices.indexOf(outer) > i)),
  );
  const build = (depth: number, cell: number, at: Positions): Nested => {
    const size = shape[depth];
    if (depth === times && open.some((name) => at[name]! >= lengthOf(name, at))) return null;
    if (size === undefined) return data[cell]!;
    const name = indices[depth];
    const entry = (i: number): Nested =>
      build(depth + 1, cell * size + i, name === undefined ? at : { ...at, [name]: i });
    if (depth === times && axes[depth] === "batch") return entry(example);
    return Array.from({ length: name === undefined ? size : lengthOf(name, at) }, (_, i) => entry(i));
  };
  return build(0, 0, {});
};
