import { axesNamed, eachCell } from "../runtime/frame.js";
import type { Batch, ModelInfo, Params, Values, VariableInfo } from "../runtime/interface.ts";
import type { Point } from "./loss-near.ts";

/** A number of a parameter, or of an input. */
export interface Element {
  readonly path: string;
  /** From 0: of a parameter the place in its shape; of an input the positions in the order of its indices, then the component. */
  readonly index: ReadonlyArray<number>;
  /** Of an input: which example, from 0. */
  readonly example?: number;
  /** Where it stands in the list of all. */
  readonly flat: number;
}

/** The elements of each parameter that is learned, and of each input that the gradient is taken by. What is padding is none. */
export const elementsOf = (
  { params, inputs, axes }: ModelInfo,
  batch: Batch,
  gradient: Params,
): ReadonlyArray<ReadonlyArray<Element>> => [
  ...params
    .filter(({ fixed }) => fixed !== true)
    .map(({ path, shape }) =>
      Array.from({ length: product(shape) }, (_, flat) => ({ path, index: unflatten(shape, flat), flat })),
    ),
  ...inputs.filter(({ name }) => Object.hasOwn(gradient, name)).map((input) => elementsOfInput(axes, input, batch)),
];

const elementsOfInput = (
  axes: ModelInfo["axes"],
  { name, indices, shape }: VariableInfo,
  batch: Batch,
): ReadonlyArray<Element> => {
  const inside = axes.filter((axis) => indices.includes(axis.name)).map((axis) => axis.name);
  const extents = inside.map((axis) => {
    const { length } = axes.find((each) => each.name === axis)!;
    return typeof length === "number" ? length : batch.longest[length]!;
  });
  const block = product(shape);
  const found: Element[] = [];
  eachCell(axesNamed(axes, [...inside, "@batch"]), batch, (cell, example, isWithin) => {
    if (!isWithin) return;
    const place = unflatten([...extents, batch.size], cell);
    const positions = indices.map((axis) => place[inside.indexOf(axis)]!);
    for (let at = 0; at < block; at++)
      found.push({ path: name, index: [...positions, ...unflatten(shape, at)], example, flat: cell * block + at });
  });
  return found;
};

/** The point with one element moved by a step. */
export const withElement = ({ params, batch }: Point, { path, example, flat }: Element, step: number): Point =>
  example === undefined
    ? { params: { ...params, [path]: moved(params[path]!, flat, step) }, batch }
    : { params, batch: { ...batch, values: { ...batch.values, [path]: moved(batch.values[path]!, flat, step) } } };

const moved = (values: Values, flat: number, step: number): Values => {
  const changed = values.slice() as Values;
  changed[flat]! += step;
  return changed;
};

const product = (sizes: ReadonlyArray<number>): number => sizes.reduce((a, b) => a * b, 1);

const unflatten = (shape: ReadonlyArray<number>, flat: number): ReadonlyArray<number> =>
  shape.map((size, i) => Math.floor(flat / product(shape.slice(i + 1))) % size);
