import { hasAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { type Correction, correctionOf } from "./correction.ts";
import { factorsOf } from "./factors.ts";

/**
 * A recurrence that is linear in its state: `state[t] = decay[t] * state[t-by] + write[t]`, where decay does not depend on
 * the state, and of write at most one factor does: the correction, by sums over it.
 */
export interface Linear {
  readonly axis: TimeAxis;
  readonly by: 1 | -1;
  readonly boundary: NodeId;
  /** `state[t-by]` within the recurrence. */
  readonly delay: NodeId;
  readonly state: NodeId;
  /** What depends on the state and belongs to the recurrence. */
  readonly members: ReadonlySet<NodeId>;
  /** The factors of each. */
  readonly decay: ReadonlyArray<NodeId>;
  readonly write: ReadonlyArray<NodeId>;
  readonly correction?: Correction;
}

/** What the nodes of a recurrence make, if it is linear and has one delay, by one position. */
export const linearOf = (circuit: Circuit, recurrence: ReadonlyArray<NodeId>): Linear | undefined => {
  const members = new Set(recurrence);
  const delays = recurrence.filter((id) => nodeAt(circuit, id).op.tag === "delay");
  const [delay] = delays;
  if (delay === undefined || delays.length > 1) return undefined;
  const { op, inputs } = nodeAt(circuit, delay);
  if (op.tag !== "delay" || (op.by !== 1 && op.by !== -1)) return undefined;
  const [boundary, state] = inputs as readonly [NodeId, NodeId];
  const sum = nodeAt(circuit, state);
  if (
    sum.op.tag !== "map" ||
    (sum.op.fn !== "add" && sum.op.fn !== "sub") ||
    hasAxis(nodeAt(circuit, boundary).axes, op.axis)
  )
    return undefined;
  const isKept = (id: NodeId): boolean => factorsOf(circuit, id).includes(delay);
  const [kept, added] = sum.inputs.toSorted((one, other) => Number(isKept(other)) - Number(isKept(one)));
  const sign = sum.op.fn === "add" ? 1 : added === sum.inputs[1] ? -1 : undefined;
  const factors = factorsOf(circuit, kept!);
  const decay = factors.filter((id) => id !== delay);
  const write = factorsOf(circuit, added!);
  // A factor that depends on the state is a member, as it goes into the state again.
  const isLinear = decay.length === factors.length - 1 && !decay.some((id) => members.has(id));
  const [corrected, ...others] = write.filter((id) => members.has(id));
  if (!isLinear || others.length > 0 || sign === undefined) return undefined;
  const linear: Linear = { axis: op.axis, by: op.by, boundary, delay, state, members, decay, write };
  if (corrected === undefined) return sign > 0 ? linear : undefined;
  const correction = correctionOf({ circuit, members, delay }, corrected, sign);
  return correction === undefined ? undefined : { ...linear, correction };
};
