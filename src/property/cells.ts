import { axesNamed, eachCell } from "../runtime/frame.js";
import type { Batch, ModelInfo, Output, Values, VariableInfo } from "../runtime/interface.ts";

/** The values of an output that belong to an example, in order, without padding. */
export const valuesOfExample = (
  model: ModelInfo,
  batch: Batch,
  output: Output,
  example: number,
): ReadonlyArray<number> => {
  const axes = axesNamed(model.axes, output.axes);
  const block = output.shape.slice(axes.length).reduce((a, b) => a * b, 1);
  const found: number[] = [];
  eachCell(axes, batch, (cell, of, valid) => {
    if (valid && of === example) found.push(...output.data.slice(cell * block, (cell + 1) * block));
  });
  return found;
};

/** The same batch with so many more positions of padding along every run-time axis, all of it not-a-number. */
export const withMorePadding = (model: ModelInfo, batch: Batch, more: number): Batch => {
  const longest = Object.fromEntries(Object.entries(batch.longest).map(([name, length]) => [name, length + more]));
  const wide = { ...batch, longest };
  const lengths = Object.fromEntries(
    model.axes.flatMap(({ length, over }) => {
      const table = typeof length === "string" ? batch.lengths[length] : undefined;
      return table === undefined
        ? []
        : [[length, spread(table, extentsOf(model, over, batch), extentsOf(model, over, wide), 0)]];
    }),
  );
  const values = Object.fromEntries(
    [...model.inputs, ...model.targets, ...model.noises].map((variable) => [
      variable.name,
      widened(model, variable, batch, wide),
    ]),
  );
  return { ...batch, longest, lengths: lengths as Batch["lengths"], values };
};

/** The extents of a table of lengths: the batch, then the axes that it stands over. */
const extentsOf = (model: ModelInfo, over: ReadonlyArray<string>, batch: Batch): ReadonlyArray<number> => [
  batch.size,
  ...over.map((axis) => extentOf(model, axis, batch)),
];

const extentOf = (model: ModelInfo, axis: string, { longest }: Batch): number => {
  const { length } = model.axes.find(({ name }) => name === axis)!;
  return typeof length === "number" ? length : longest[length]!;
};

const widened = (model: ModelInfo, variable: VariableInfo, batch: Batch, wide: Batch): Values => {
  const inside = model.axes.filter(({ name }) => variable.indices.includes(name)).map(({ name }) => name);
  const extents = (of: Batch) => [...inside.map((axis) => extentOf(model, axis, of)), of.size, ...variable.shape];
  return spread(batch.values[variable.name]!, extents(batch), extents(wide), Number.NaN);
};

/** Row-major values in larger extents, with a filling where there were none. */
const spread = <V extends Values | Int32Array>(
  values: V,
  from: ReadonlyArray<number>,
  to: ReadonlyArray<number>,
  filling: number,
): V => {
  const wide = new (values.constructor as new (size: number) => V)(to.reduce((a, b) => a * b, 1)).fill(filling) as V;
  values.forEach((value, i) => {
    const { place } = from.reduceRight(
      ({ rest, stride, place: at }, extent, axis) => ({
        rest: Math.floor(rest / extent),
        stride: stride * to[axis]!,
        place: at + (rest % extent) * stride,
      }),
      { rest: i, stride: 1, place: 0 },
    );
    wide[place] = value;
  });
  return wide;
};

/** An output at one position (from 0) of an axis. */
export const axisSlice = ({ data, shape, axes }: Output, axis: string, position: number): ReadonlyArray<number> => {
  const place = axes.indexOf(axis);
  const inside = shape.slice(place + 1).reduce((a, b) => a * b, 1);
  return [...data].filter((_, i) => Math.floor(i / inside) % shape[place]! === position);
};
