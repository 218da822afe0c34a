import type { Circuit, NodeId } from "../circuit/circuit.ts";
import { nodeAt } from "../circuit/node-at.ts";
import type { Pass } from "../circuit/pass.ts";
import { reachable } from "./active.ts";

/** Keeps the nodes that an output needs, in their order. */
export const dropDeadNodes: Pass = {
  name: "drop-dead-nodes",
  description: "drops the nodes that no output needs",
  run: (circuit) => {
    const live = reachable(
      circuit.outputs.map(({ node }) => node),
      circuit.nodes.map(({ inputs }) => inputs),
    );
    const kept = [...live].sort((first, second) => first - second);
    const place = new Map<NodeId, NodeId>(kept.map((id, i) => [id, i]));
    return {
      nodes: kept.map((id) => {
        const node = nodeAt(circuit, id);
        return { ...node, inputs: node.inputs.map((input) => place.get(input)!) };
      }),
      outputs: circuit.outputs.map((output) => ({ ...output, node: place.get(output.node)! })),
    } satisfies Circuit;
  },
};
