import { type Axis, hasAxis, sameAxis } from "./axis.ts";
import type { Node, NodeId } from "./circuit.ts";

/** What of a builder values are looked at with. */
interface Nodes {
  readonly node: (id: NodeId) => Node;
}

/** Whether an axis may turn out to have no positions. */
export const mayBeEmpty = (axis: Axis): boolean => axis.tag === "time" && axis.extent.tag === "length";

/**
 * Whether a value may be infinite or no number where an axis is empty: it divides by what that axis's positions add up
 * to, takes a logarithm of it, or is the greatest of nothing. A sum along the axis is then 0, and not 0 times the value.
 */
export const breaksWhenEmpty = (b: Nodes, id: NodeId, axis: Axis): boolean => {
  if (!mayBeEmpty(axis)) return false;
  return someBefore(b, id, ({ op, inputs }) => {
    if (op.tag === "constant") return !Number.isFinite(op.value);
    if (op.tag === "reduce") return op.fn === "max" && op.over.some((over) => sameLength(over, axis));
    if (op.tag !== "map") return false;
    const singular = op.fn === "div" ? inputs[1] : op.fn === "log" || op.fn === "pow" ? inputs[0] : undefined;
    return singular !== undefined && isCountOf(b, singular, axis);
  });
};

/** Whether a value depends on how many positions an axis has, or on what they add up to, and stands outside of it. */
export const dependsOnAll = (b: Nodes, id: NodeId, axis: Axis): boolean =>
  mayBeEmpty(axis) && !hasAxis(b.node(id).axes, axis) && isCountOf(b, id, axis);

const isCountOf = (b: Nodes, id: NodeId, axis: Axis): boolean =>
  someBefore(
    b,
    id,
    ({ op }) =>
      (op.tag === "length" && sameLength(op.axis, axis)) ||
      (op.tag === "reduce" && op.over.some((over) => sameLength(over, axis))),
  );

/** Axes of the same length are empty together. */
const sameLength = (a: Axis, b: Axis): boolean =>
  sameAxis(a, b) ||
  (a.tag === "time" &&
    b.tag === "time" &&
    a.extent.tag === "length" &&
    b.extent.tag === "length" &&
    a.extent.name === b.extent.name);

/** Whether something holds of a node or of one that it is computed from. */
const someBefore = (b: Nodes, id: NodeId, holds: (node: Node) => boolean): boolean => {
  const seen = new Set<NodeId>();
  const waiting = [id];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    // The source of a feedback that is not tied yet has no number.
    if (seen.has(next) || Number.isNaN(next)) continue;
    seen.add(next);
    const node = b.node(next);
    if (holds(node)) return true;
    waiting.push(...node.inputs);
  }
  return false;
};
