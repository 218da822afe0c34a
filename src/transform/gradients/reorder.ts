import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";

/**
 * The same circuit with some nodes, and what these need, before another node, which is no part of what they need but at
 * other positions. `moved` says where each node has come to stand.
 */
export const withBefore = (
  circuit: Circuit,
  last: NodeId,
  first: ReadonlySet<NodeId>,
): { readonly circuit: Circuit; readonly moved: (id: NodeId) => NodeId } => {
  if ([...first].every((id) => id < last)) return { circuit, moved: (id) => id };
  const needed = (id: NodeId): ReadonlyArray<NodeId> => {
    const { op, inputs } = nodeAt(circuit, id);
    const own = op.tag === "delay" ? inputs.slice(0, 1) : inputs;
    return id === last ? [...own, ...first] : own;
  };
  const order: NodeId[] = [];
  const met = new Set<NodeId>();
  const put = (root: NodeId): void => {
    const stack = [{ id: root, isReady: false }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (top.isReady) order.push(top.id);
      else if (!met.has(top.id)) {
        met.add(top.id);
        stack.push({ id: top.id, isReady: true }, ...needed(top.id).map((id) => ({ id, isReady: false })));
      }
    }
  };
  for (const id of circuit.nodes.keys()) put(id);
  const places = new Map(order.map((id, place) => [id, place]));
  const moved = (id: NodeId): NodeId => places.get(id)!;
  return {
    circuit: {
      nodes: order.map((id) => {
        const node = nodeAt(circuit, id);
        return { ...node, inputs: node.inputs.map(moved) };
      }),
      outputs: circuit.outputs.map((output) => ({ ...output, node: moved(output.node) })),
    },
    moved,
  };
};
