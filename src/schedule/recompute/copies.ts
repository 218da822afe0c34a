import { hasAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { Circuit, Node, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { countUses, liveNodes } from "../statements/usage.ts";
import { type Phases, phasesAlong } from "./phases.ts";

/** A circuit in which each pass computes by itself, once more, what it reads of earlier ones. */
export interface Passes {
  readonly circuit: Circuit;
  readonly phaseOf: Phases;
  /** What a node is a copy of. */
  readonly originalOf: (id: NodeId) => NodeId | undefined;
  /** How often each node was read before it was copied. */
  readonly uses: ReadonlyMap<NodeId, number>;
  /** What an earlier pass must compute although nothing reads it but a copy at the beginning of a segment. */
  readonly roots: ReadonlyArray<NodeId>;
}

/**
 * A recurrence is copied as a whole, outputs too, although they stand for every position anyway: the copy is then
 * computed in the same loops, and has the same bits.
 */
export const copiedForPasses = (circuit: Circuit, axis: TimeAxis): Passes => {
  const phaseOf = phasesAlong(circuit, axis);
  const live = liveNodes(circuit);
  const uses = countUses(circuit, live);
  const nodes: Node[] = [];
  const renamed = new Map<NodeId, NodeId>();
  const copies = new Map<string, NodeId>();
  const phases = new Map<NodeId, number>();
  const originals = new Map<NodeId, NodeId>();
  const roots = new Set<NodeId>();
  const newUses = new Map<NodeId, number>();
  const open: Array<{ readonly delay: NodeId; readonly source: NodeId; readonly phase: number | undefined }> = [];

  const push = (id: NodeId, phase: number | undefined): NodeId => {
    const node = nodeAt(circuit, id);
    const { op, inputs } = node;
    const [boundary, source] = inputs;
    const read = readIn(hasAxis(node.axes, axis) ? phase : undefined);
    const made = op.tag === "delay" ? [read(boundary!), Number.NaN] : inputs.map(read);
    const added = nodes.push({ ...node, inputs: made }) - 1;
    newUses.set(added, uses.get(id) ?? 0);
    if (phase !== undefined) phases.set(added, phase);
    if (op.tag === "delay") open.push({ delay: added, source: source!, phase });
    return added;
  };
  const readIn =
    (phase: number | undefined) =>
    (id: NodeId): NodeId => {
      const own = phaseOf(id);
      const isOver = hasAxis(nodeAt(circuit, id).axes, axis);
      if (phase === undefined || own === undefined || own >= phase || !isOver) return renamed.get(id)!;
      const key = `${phase} ${id}`;
      const known = copies.get(key);
      if (known !== undefined) return known;
      const copy = push(id, phase);
      copies.set(key, copy);
      originals.set(copy, id);
      return copy;
    };

  circuit.nodes.forEach((_, id) => {
    if (live.has(id)) renamed.set(id, push(id, phaseOf(id)));
  });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { delay, source, phase } = next;
    const made = nodeAt({ nodes }, delay);
    const read = readIn(phase)(source);
    if (originals.has(read)) roots.add(renamed.get(source)!);
    nodes[delay] = { ...made, inputs: [made.inputs[0]!, read] };
  }
  return {
    circuit: { nodes, outputs: circuit.outputs.map((output) => ({ ...output, node: renamed.get(output.node)! })) },
    phaseOf: (id) => phases.get(id),
    originalOf: (id) => {
      const original = originals.get(id);
      return original === undefined ? undefined : renamed.get(original);
    },
    uses: newUses,
    roots: [...roots],
  };
};
