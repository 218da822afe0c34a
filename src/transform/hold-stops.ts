import type { Circuit, Node, NodeId } from "../circuit/circuit.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { stopName } from "../circuit/own-names.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";
import { reachable } from "./active.ts";

/** A circuit taken apart at its `stop`s. */
export interface HeldStops {
  /** What stands in each `stop`, as outputs. */
  readonly values: Circuit;
  /** The circuit that is given these as inputs, under the same names. */
  readonly held: Circuit;
}

/**
 * What differences of a loss must leave as it is so that they show its derivative: what stands in `stop`. Undefined if
 * there is none that depends on a parameter or an input.
 */
export const holdStops = (circuit: Circuit): HeldStops | undefined => {
  const varying = dependsOnLeaves(circuit);
  const stops = circuit.nodes.flatMap((node, id) => (isStop(node) && varying.has(id) ? [id] : []));
  if (stops.length === 0) return undefined;
  const { b, renamed } = rewrite(circuit, (builder, node, inputs, id) =>
    stops.includes(id) ? builder.input(stopName(id), node.axes) : copyNode(builder, node, inputs),
  );
  return {
    values: {
      nodes: circuit.nodes,
      outputs: stops.map((id) => ({ role: "output", name: stopName(id), node: id, axes: nodeAt(circuit, id).axes })),
    },
    held: b.finish(circuit.outputs.map((output) => ({ ...output, node: renamed[output.node]! }))),
  };
};

const isStop = ({ op }: Node): boolean => op.tag === "map" && op.fn === "stop";

const dependsOnLeaves = ({ nodes }: Circuit): ReadonlySet<NodeId> => {
  const users: ReadonlyArray<NodeId[]> = nodes.map(() => []);
  nodes.forEach(({ inputs }, id) => {
    for (const input of inputs) users[input]!.push(id);
  });
  const leaves = nodes.flatMap(({ op }, id) => (op.tag === "parameter" || op.tag === "input" ? [id] : []));
  return reachable(leaves, users);
};
