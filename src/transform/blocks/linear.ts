import { hasAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { type Written, writtenOf } from "./correction.ts";
import { termsOf } from "./terms.ts";

/**
 * A recurrence that is linear in its state: `state[t] = decay[t] * state[t-by] + write[t]`, where decay does not depend on
 * the state, and of write at most one factor does: the correction, by sums over it.
 */
export interface Linear extends Written {
  readonly axis: TimeAxis;
  readonly by: 1 | -1;
  readonly boundary: NodeId;
  /** `state[t-by]` within the recurrence. */
  readonly delay: NodeId;
  readonly state: NodeId;
  /** What depends on the state and belongs to the recurrence. */
  readonly members: ReadonlySet<NodeId>;
  /** The factors. */
  readonly decay: ReadonlyArray<NodeId>;
}

/** What the nodes of a recurrence make, if it is linear and has one delay, by one position. */
export const linearOf = (circuit: Circuit, recurrence: ReadonlyArray<NodeId>): Linear | undefined => {
  const members = new Set(recurrence);
  const [delay, ...others] = recurrence.filter((id) => nodeAt(circuit, id).op.tag === "delay");
  if (delay === undefined || others.length > 0) return undefined;
  const { op, inputs, axes } = nodeAt(circuit, delay);
  if (op.tag !== "delay" || (op.by !== 1 && op.by !== -1)) return undefined;
  const [boundary, state] = inputs as readonly [NodeId, NodeId];
  if (hasAxis(nodeAt(circuit, boundary).axes, op.axis)) return undefined;
  const terms = termsOf({ circuit, axis: op.axis, members, delay }, state) ?? [];
  const [kept, ...more] = terms.filter((term) => term.state === "delay");
  const written = writtenOf(
    circuit,
    axes,
    terms.filter((term) => term !== kept),
  );
  if (kept === undefined || more.length > 0 || written === undefined) return undefined;
  const isDecay = kept.sign > 0 && kept.factors.every(({ renames }) => renames.length === 0);
  const decay = kept.factors.map(({ id }) => id);
  return isDecay ? { axis: op.axis, by: op.by, boundary, delay, state, members, decay, ...written } : undefined;
};
