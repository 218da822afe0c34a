import { type Axis, raggedOver, withoutAxes } from "./axis.ts";
import type { Node, NodeId, Pointwise } from "./circuit.ts";
import { breaksWhenEmpty } from "./empty.ts";

/** What of a builder a sum is made with. */
interface Parts {
  readonly node: (id: NodeId) => Node;
  readonly constant: (value: number) => NodeId;
  readonly index: (axis: Axis) => NodeId;
  readonly length: (axis: Axis) => NodeId;
  readonly map: (fn: Pointwise, ...operands: ReadonlyArray<NodeId>) => NodeId;
  /** The sum over axes that the operand has. */
  readonly reduce: (over: ReadonlyArray<Axis>, operand: NodeId) => NodeId;
}

/**
 * The sum of a value over axes, of which it may lack some: there it counts positions. A ragged axis is counted before
 * those that its length stands over.
 */
export const sumOver = (b: Parts, over: ReadonlyArray<Axis>, operand: NodeId): NodeId => {
  const absent = withoutAxes(over, b.node(operand).axes);
  const axis = absent.find((candidate) => raggedOver(absent, candidate).length === 0);
  if (axis === undefined) return b.reduce(over, operand);
  return breaksWhenEmpty(b, operand, axis)
    ? sumOver(b, over, along(b, axis, operand))
    : sumOver(b, withoutAxes(over, [axis]), b.map("mul", operand, b.length(axis)));
};

/** A value as one of an axis that it lacks, the same at each of its positions. */
export const along = (b: Pick<Parts, "constant" | "index" | "map">, axis: Axis, operand: NodeId): NodeId =>
  b.map("select", b.map("lessEqual", b.constant(1), b.index(axis)), operand, b.constant(0));
