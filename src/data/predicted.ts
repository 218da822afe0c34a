import { lengthPlace } from "../runtime/frame.js";
import type { Batch, CompiledModel, Example, ModelInfo, Nested, Output, Params } from "../runtime/interface.ts";

/** What a model says of an example: each output as nested arrays in the order of its indices, without padding. */
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
        model.outputs.map(({ name, indices }) => {
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

/** The values of one example in a padded output, in which the batch follows so many axes. */
const nestedOf = (
  model: ModelInfo,
  batch: Batch,
  { axes, shape, data }: Output,
  times: number,
  example: number,
): Nested => {
  const lengthOf = (name: string, at: Readonly<Record<string, number>>): number => {
    const axis = model.axes.find((other) => other.name === name)!;
    if (typeof axis.length === "number") return axis.length;
    const place = lengthPlace(batch.longest, axis, model.axes);
    return batch.lengths[axis.length]![
      place(
        example,
        axis.over.map((outer) => at[outer]!),
      )
    ]!;
  };
  const build = (depth: number, cell: number, at: Readonly<Record<string, number>>): Nested => {
    const size = shape[depth];
    if (size === undefined) return data[cell]!;
    const name = depth < times ? axes[depth]! : undefined;
    const entry = (i: number): Nested =>
      build(depth + 1, cell * size + i, name === undefined ? at : { ...at, [name]: i });
    if (depth === times && axes[depth] === "batch") return entry(example);
    return Array.from({ length: name === undefined ? size : lengthOf(name, at) }, (_, i) => entry(i));
  };
  return build(0, 0, {});
};
