import { hasAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { components } from "../../circuit/components.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { isBackwards } from "../../loops/loops.ts";
import { isRagged } from "../../loops/size.ts";
import { liveNodes } from "../statements/usage.ts";

/**
 * The passes over an axis in which a circuit can be computed, segment by segment: even ones run from the first position
 * to the last, odd ones back. A recurrence goes into the first pass of its direction that comes after what it reads, its
 * adjoint into the one after, and a value that needs a sum over all positions into a pass after that of the sum.
 *
 * This is the pass of a value over the axis, and of a sum over it. What is computed once has the number between those of
 * the passes before and after it; what the caller gives has none.
 */
export type Phases = (id: NodeId) => number | undefined;

export const phasesAlong = (circuit: Circuit, axis: TimeAxis): Phases => {
  const { nodes } = circuit;
  const isOver = (id: NodeId) => hasAxis(nodeAt({ nodes }, id).axes, axis);
  const phases = new Map<NodeId, number>();
  /** The first pass that can read a value. */
  const ready = new Map<NodeId, number>();

  /** Whether a value is read where the caller put it, at one position. */
  const isRead = (id: NodeId, input: NodeId) => nodeAt({ nodes }, id).op.tag === "at" && isGiven(circuit, input);

  for (const members of recurrences(circuit)) {
    const inside = new Set(members);
    const outer = members.flatMap((id) => nodeAt({ nodes }, id).inputs.filter((input) => !inside.has(input)));
    const first = Math.max(0, ...outer.map((input) => ready.get(input)!));
    const [one] = members;
    if (!isOver(one!)) {
      const isSum = outer.some((input) => isOver(input) && !isRead(one!, input));
      for (const id of members) {
        if (!isGiven(circuit, id)) phases.set(id, isSum ? first : first - 0.5);
        ready.set(id, isSum ? first + 1 : first);
      }
      continue;
    }
    const shifts = members.flatMap((id) => {
      const { op, inputs } = nodeAt({ nodes }, id);
      return op.tag === "delay" && op.axis.key === axis.key ? [{ by: op.by, source: inputs[1]! }] : [];
    });
    /** Whether a pass finds a value of another position: its own direction passes it, or one before it has kept it. */
    const finds = (phase: number, { by, source }: { readonly by: number; readonly source: NodeId }): boolean => {
      const isPassed = isBackwards(phase) === by < 0;
      if (inside.has(source)) return isPassed;
      const own = phases.get(source);
      return isPassed || own === undefined || (own < phase && isBackwards(own) === by < 0);
    };
    // A recurrence whose delays point both ways runs along another axis, and in no pass of this one.
    let phase = first;
    while (phase < first + 4 && !shifts.every((shift) => finds(phase, shift))) phase += 1;
    for (const id of members) {
      if (!isGiven(circuit, id)) phases.set(id, phase);
      ready.set(id, isGiven(circuit, id) ? 0 : phase);
    }
  }
  return (id) => phases.get(id);
};

/** What stands in every pass as it is. */
export const isGiven = ({ nodes }: Circuit, id: NodeId): boolean =>
  ["input", "index", "length", "constant", "parameter"].includes(nodeAt({ nodes }, id).op.tag);

/** What depends on itself, and all else one by one, producers first. */
const recurrences = (circuit: Circuit): ReadonlyArray<ReadonlyArray<NodeId>> =>
  components(
    [...liveNodes(circuit)].sort((a, b) => a - b),
    (id) => nodeAt(circuit, id).inputs,
  );

/** The axis along which most values recur; undefined if none recur along an axis of unknown length. */
export const passAxis = (circuit: Circuit): TimeAxis | undefined => {
  const { nodes } = circuit;
  const counts = new Map<string, { readonly axis: TimeAxis; readonly count: number }>();
  for (const members of recurrences(circuit)) {
    const inside = new Set(members);
    const axes = members.flatMap((id) => {
      const { op, inputs } = nodeAt({ nodes }, id);
      return op.tag === "delay" && inside.has(inputs[1]!) ? [op.axis] : [];
    });
    for (const axis of new Map(axes.map((each) => [each.key, each])).values())
      if (isRagged(axis) && axis.extent.tag === "length" && axis.extent.over.every((outer) => outer.tag === "batch"))
        counts.set(axis.key, { axis, count: (counts.get(axis.key)?.count ?? 0) + members.length });
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count || a.axis.rank - b.axis.rank);
  return most?.axis;
};
