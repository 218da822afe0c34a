import { type Axis, type FeatureAxis, featureAxis, type TimeAxis, withoutAxes } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { mayBeEmpty } from "../../circuit/empty.ts";
import { logSumExp } from "../../circuit/log-sums.ts";
import { along } from "../../circuit/sum.ts";
import type { Shape, Size } from "../shape/shape.ts";
import type { Reduction } from "../system.ts";

/** A node with the shape of its element; the node may lack axes along which it is constant. */
export interface Valued {
  readonly node: NodeId;
  readonly shape: Shape;
}

export const sizeOf = (size: Size): number => (size.tag === "known" ? size.value : Number.NaN);

/** The numbers of a shape, as parameters and inputs state them. */
export const dimensions = (shape: Shape): ReadonlyArray<number> => featureAxes(shape).map(({ size }) => size);

/** How many positions an axis has that is known to have as many in every example. */
export const staticSize = ({ extent }: TimeAxis): number => (extent.tag === "fixed" ? extent.size : Number.NaN);

/** A vector's components lie on slot 0, a row's on slot 1, a matrix has both. */
export const featureAxes = (shape: Shape): ReadonlyArray<FeatureAxis> => {
  switch (shape.tag) {
    case "vector":
      return [featureAxis(0, sizeOf(shape.size))];
    case "row":
      return [featureAxis(1, sizeOf(shape.size))];
    case "matrix":
      return [featureAxis(0, sizeOf(shape.rows)), featureAxis(1, sizeOf(shape.columns))];
    case "unknown":
    case "scalar":
    case "symbol":
      return [];
  }
};

/** The sum of a product over the columns of the left and the rows of the right, on a slot that neither result has. */
export const product = (b: Builder, left: Valued, right: Valued): NodeId => {
  const columns = onSlot(left, 1);
  const rows = onSlot(right, 0);
  if (columns === undefined || rows === undefined) return b.map("mul", left.node, right.node);
  const free = onSlot(right, 1) === undefined ? 1 : onSlot(left, 0) === undefined ? 0 : 2;
  const shared = featureAxis(free, columns.size);
  const x = b.rename([[columns, shared]], left.node);
  const y = b.rename([[rows, shared]], right.node);
  return b.sum([shared], b.map("mul", x, y));
};

const onSlot = ({ shape }: Valued, slot: number): FeatureAxis | undefined =>
  featureAxes(shape).find((axis) => axis.slot === slot);

/** Swaps rows and columns. */
export const transpose = (b: Builder, { node, shape }: Valued): NodeId =>
  b.rename(
    featureAxes(shape).map((axis) => [axis, featureAxis(1 - axis.slot, axis.size)] as const),
    node,
  );

/** The row of a table that a symbol names: the table times a vector that is 1 there and 0 elsewhere. */
export const lookUpRow = (b: Builder, table: Valued, symbol: NodeId): NodeId => {
  const rows = onSlot(table, 0)!;
  const columns = onSlot(table, 1);
  const picked = b.sum([rows], b.map("mul", table.node, b.onehot(rows, symbol)));
  return columns === undefined ? picked : b.rename([[columns, featureAxis(0, columns.size)]], picked);
};

/** The outer product: the second vector becomes a row. */
export const outer = (b: Builder, left: Valued, right: Valued): NodeId => b.map("mul", left.node, transpose(b, right));

export const reduce: { readonly [R in Reduction]: (b: Builder, over: ReadonlyArray<Axis>, x: NodeId) => NodeId } = {
  sum: (b, over, x) => b.sum(over, x),
  max: (b, over, x) => b.maximum(over, x),
  mean: (b, over, x) => b.map("div", b.sum(over, x), b.sum(over, b.constant(1))),
  softmax: (b, over, given) => {
    const x = standing(b, over, given);
    const shifted = b.map("exp", b.map("sub", x, greatest(b, over, x)));
    return b.map("div", shifted, b.sum(over, shifted));
  },
  logsumexp: (b, over, x) => {
    const { greatest: most, others } = logSumExp(b, over, x);
    return b.map("add", most, others);
  },
};

/** What stands at no position of an empty axis is not divided by the sum of nothing. */
const standing = (b: Builder, over: ReadonlyArray<Axis>, x: NodeId): NodeId =>
  withoutAxes(over.filter(mayBeEmpty), b.node(x).axes).reduce((y, axis) => along(b, axis, y), x);

/** Taken off before exponentials so that none overflows; the result does not depend on it, so neither does its slope. */
const greatest = (b: Builder, over: ReadonlyArray<Axis>, x: NodeId): NodeId => b.map("stop", b.maximum(over, x));
