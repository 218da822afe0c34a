import { type Axis, hasAxis, lengthAxes, raggedOver, withoutAxes } from "./axis.ts";
import type { Node, NodeId, Pointwise } from "./circuit.ts";

/** What of a builder a sum is made with. */
interface Parts {
  readonly node: (id: NodeId) => Node;
  readonly constant: (value: number) => NodeId;
  readonly index: (axis: Axis) => NodeId;
  readonly length: (axis: Axis) => NodeId;
  readonly map: (fn: Pointwise, ...operands: ReadonlyArray<NodeId>) => NodeId;
  readonly maximum: (over: ReadonlyArray<Axis>, operand: NodeId) => NodeId;
  /** The sum over axes that the operand has. */
  readonly reduce: (over: ReadonlyArray<Axis>, operand: NodeId) => NodeId;
}

/**
 * The sum of a value over axes, of which it may lack some: there it counts positions. An axis is counted before those
 * that its length depends on.
 */
export const sumOver = (b: Parts, over: ReadonlyArray<Axis>, operand: NodeId): NodeId => {
  const axes = b.node(operand).axes;
  const absent = withoutAxes(over, axes);
  if (absent.length === 0) return b.reduce(over, operand);
  const ragged = axes.find((axis) => lengthAxes(axis).some((outer) => hasAxis(absent, outer)));
  if (ragged !== undefined && hasAxis(over, ragged)) {
    return sumOver(b, withoutAxes(over, [ragged]), b.reduce([ragged], operand));
  }
  if (ragged !== undefined) return sumOver(b, over, whereExists(b, ragged, [...axes, ...over], operand));
  const axis = absent.find((candidate) => raggedOver(absent, candidate).length === 0) ?? absent[0]!;
  return sumOver(b, withoutAxes(over, [axis]), b.map("mul", operand, b.length(axis)));
};

/** The value where the position along `axis` exists, else 0. Of lengths that vary over other axes than `space`, the longest counts. */
export const whereExists = (
  b: Omit<Parts, "reduce">,
  axis: Axis,
  space: ReadonlyArray<Axis>,
  operand: NodeId,
): NodeId => {
  const length = b.maximum(withoutAxes(lengthAxes(axis), space), b.length(axis));
  return b.map("select", b.map("lessEqual", b.index(axis), length), operand, b.constant(0));
};
