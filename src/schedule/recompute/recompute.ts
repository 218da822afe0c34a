import type { Axis, TimeAxis } from "../../circuit/axis.ts";
import type { Circuit, Node, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { orderOf, type SumOrder, sumOrder } from "../statements/sum-order.ts";
import { countUses, liveNodes, spokenAxes } from "../statements/usage.ts";
import { copiedForPasses, type Passes } from "./copies.ts";
import { type Memory, segmentLength } from "./memory.ts";
import { passAxis } from "./phases.ts";
import { recomputePlan } from "./plan.ts";
import { positionsInPassing } from "./positions-in-passing.ts";

/** A circuit to be scheduled, in which some values stand more than once so that they need not be kept. */
export interface Recomputed {
  readonly circuit: Circuit;
  /** What is to be computed where it is read, however it is computed. */
  readonly again: ReadonlySet<NodeId>;
  /** How often each node was read before it was copied: a copy takes the form of what it copies, and gives its bits. */
  readonly uses: ReadonlyMap<NodeId, number>;
  readonly sums: SumOrder;
  /** The passes that are computed segment by segment, and how many positions a segment has. */
  readonly segments?: Passes & { readonly axis: TimeAxis; readonly length: number };
}

/** Every value is computed once, and kept for all that read it. */
export const keepAll = (circuit: Circuit): Recomputed => ({
  circuit,
  again: new Set(),
  uses: countUses(circuit, liveNodes(circuit)),
  sums: sumOrder(circuit),
});

/**
 * Of a recurrence only its states are kept for the scans that come after it, such as that of its adjoint: what else they
 * read of it they compute again, turn by turn, from the states. A weight's gradient is one product over all turns, so
 * what it reads is kept as well.
 */
export const keepStates = (circuit: Circuit): Recomputed => {
  const plan = recomputePlan(circuit);
  const { isPassAxis, isFromEnd } = sumOrder(circuit);
  const fromEnd = new Set<NodeId>();
  const uses = countUses(circuit, plan.live);
  const nodes: Node[] = [];
  const again = new Set<NodeId>();
  const newUses = new Map<NodeId, number>();
  const renamed = new Map<NodeId, NodeId>();
  const copies = new Map<string, NodeId>();
  const open: Array<{ readonly delay: NodeId; readonly source: NodeId }> = [];

  const push = (id: NodeId, node: Node, inputs: ReadonlyArray<NodeId>): NodeId => {
    newUses.set(nodes.length, uses.get(id) ?? 0);
    return nodes.push({ ...node, inputs }) - 1;
  };
  /** A delay's source may come later: its place is filled in when all have theirs. */
  const inputsOf = ({ op, inputs }: Node, read: (input: NodeId) => NodeId): ReadonlyArray<NodeId> =>
    op.tag === "delay" ? [renamed.get(inputs[0]!)!, -1] : inputs.map(read);
  const withSource = (added: NodeId, { op, inputs }: Node): NodeId => {
    if (op.tag === "delay") open.push({ delay: added, source: inputs[1]! });
    return added;
  };
  const readBy =
    (scan: number) =>
    (id: NodeId): NodeId => {
      if (!plan.isCopied(id, scan)) return renamed.get(id)!;
      const key = `${scan} ${id}`;
      const known = copies.get(key);
      if (known !== undefined) return known;
      const node = nodeAt(circuit, id);
      const copy = withSource(push(id, node, inputsOf(node, readBy(scan))), node);
      copies.set(key, copy);
      again.add(copy);
      return copy;
    };

  circuit.nodes.forEach((node, id) => {
    const scan = plan.scanOf(id);
    const read = scan === undefined ? (input: NodeId) => renamed.get(input)! : readBy(scan);
    const added = withSource(push(id, node, inputsOf(node, read)), node);
    renamed.set(id, added);
    if (isFromEnd(id)) fromEnd.add(added);
    if (plan.isBeside(id)) again.add(added);
  });
  for (const { delay, source } of open)
    nodes[delay] = { ...nodes[delay]!, inputs: [nodeAt({ nodes }, delay).inputs[0]!, renamed.get(source)!] };
  const outputs = circuit.outputs.map((output) => ({ ...output, node: renamed.get(output.node)! }));
  const sums = { isPassAxis, isFromEnd: (id: NodeId) => fromEnd.has(id) };
  return { circuit: { nodes, outputs }, again, uses: newUses, sums };
};

/**
 * Of a recurrence only the states at the first positions of segments are kept: the pass of its adjoint computes a
 * segment again, with all that it reads, and then goes back through it. Where nothing can be taken in segments, states
 * are kept.
 */
const keepEvery =
  (length: number) =>
  (circuit: Circuit): Recomputed => {
    const axis = passAxis(circuit);
    if (axis === undefined || isLengthShared(circuit, axis)) return keepStates(circuit);
    const passes = copiedForPasses(positionsInPassing(circuit, axis), axis);
    const sums = orderOf(axis, passes.phaseOf);
    return {
      circuit: passes.circuit,
      again: new Set(),
      uses: passes.uses,
      sums,
      segments: { ...passes, axis, length },
    };
  };

/** Whether another axis is just as long, so that loops over the two look alike. */
const isLengthShared = ({ nodes }: Circuit, axis: TimeAxis): boolean =>
  nodes
    .flatMap(spokenAxes)
    .some((other) => other.key !== axis.key && lengthOf(other) !== undefined && lengthOf(other) === lengthOf(axis));

const lengthOf = (axis: Axis): string | undefined =>
  axis.tag === "time" && axis.extent.tag === "length" ? axis.extent.name : undefined;

/** The circuit to schedule, by what is kept. */
export const recomputedFor = (memory: Memory): ((circuit: Circuit) => Recomputed) => {
  const length = segmentLength(memory);
  return length !== undefined ? keepEvery(length) : memory === "full" ? keepAll : keepStates;
};
