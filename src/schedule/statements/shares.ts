import { type Axis, featureAxis, sameAxis, withoutAxes } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { startsOf } from "../../circuit/offsets.ts";

/** Where a value stands in a concatenation: `from` components after its first. */
export interface Share {
  readonly whole: NodeId;
  readonly from: number;
}

/** What of a schedule says whether a value may stand within another's buffer. */
interface Values {
  readonly live: ReadonlySet<NodeId>;
  /** Whether a statement writes a node's value, one component at a time. */
  readonly isWritten: (id: NodeId) => boolean;
  /** Whether a node's buffer has rows beside it, for delays. */
  readonly isPadded: (id: NodeId) => boolean;
  readonly isClean: (id: NodeId, axis: Axis) => boolean;
}

/**
 * The parts of the concatenations that need no copy: each part is computed, or given by the caller, where the whole has
 * its share. Every part must then be a value of its own, over all axes of the whole, that stands nowhere else.
 */
export const sharesInPlace = (circuit: Circuit, values: Values): ReadonlyMap<NodeId, Share> => {
  const shares = new Map<NodeId, Share>();
  const outputs = new Set(circuit.outputs.map(({ node }) => node));
  for (const whole of [...values.live].sort((a, b) => a - b)) {
    const { op, inputs, axes } = nodeAt(circuit, whole);
    if (op.tag !== "concat" || values.isPadded(whole) || outputs.has(whole)) continue;
    const isOwn = (part: NodeId, i: number): boolean => {
      const { axes: own } = nodeAt(circuit, part);
      const share = featureAxis(op.axis.slot, op.sizes[i]!);
      return (
        !shares.has(part) &&
        inputs.indexOf(part) === i &&
        !outputs.has(part) &&
        !values.isPadded(part) &&
        own.length === axes.length &&
        withoutAxes(own, [...withoutAxes(axes, [op.axis]), share]).length === 0 &&
        axes.every((axis) => !values.isClean(whole, axis) || sameAxis(axis, op.axis) || values.isClean(part, axis))
      );
    };
    // What the caller gives is one dense block, so its share must be one.
    const areGiven =
      inputs.every((part) => nodeAt(circuit, part).op.tag === "parameter") && sameAxis(axes[0]!, op.axis);
    const starts = startsOf(op.sizes);
    if ((areGiven || inputs.every(values.isWritten)) && inputs.every(isOwn))
      inputs.forEach((part, i) => void shares.set(part, { whole, from: starts[i]! }));
  }
  return shares;
};
