import { type Axis, raggedOver, withoutAxes } from "./axis.ts";
import type { Node, NodeId, Pointwise } from "./circuit.ts";

/** What of a builder a sum is made with. */
interface Parts {
  readonly node: (id: NodeId) => Node;
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
  return axis === undefined
    ? b.reduce(over, operand)
    : sumOver(b, withoutAxes(over, [axis]), b.map("mul", operand, b.length(axis)));
};
