import type { Axis } from "../../circuit/axis.ts";
import type { Circuit, Node, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";

/** The nodes that some output needs, or one of the others that are named. */
export const liveNodes = (circuit: Circuit, others: ReadonlyArray<NodeId> = []): ReadonlySet<NodeId> => {
  const live = new Set<NodeId>();
  const pending = [...circuit.outputs.map(({ node }) => node), ...others];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (live.has(id)) continue;
    live.add(id);
    pending.push(...circuit.nodes[id]!.inputs);
  }
  return live;
};

/** How often each live node is read, by nodes and by outputs. */
export const countUses = (circuit: Circuit, live: ReadonlySet<NodeId>): ReadonlyMap<NodeId, number> => {
  const uses = new Map<NodeId, number>();
  const use = (id: NodeId) => {
    uses.set(id, (uses.get(id) ?? 0) + 1);
  };
  for (const id of live) nodeAt(circuit, id).inputs.forEach(use);
  for (const { node } of circuit.outputs) use(node);
  return uses;
};

/** The axes that a node speaks of: its own, and those that it takes away. */
export const spokenAxes = ({ op, axes }: Node): ReadonlyArray<Axis> => [
  ...axes,
  ...("over" in op ? op.over : []),
  ...("axis" in op ? [op.axis] : []),
];
