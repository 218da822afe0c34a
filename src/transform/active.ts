import type { Circuit, NodeId, Op } from "../circuit/circuit.ts";
import { rulesOf } from "./derivative-rules.ts";

/**
 * The nodes through which `root` depends differentiably on a wanted one: only they need adjoints. `isHeld` says of which
 * operations the operands are taken for constants.
 */
export const activeNodes = (
  circuit: Circuit,
  root: NodeId,
  isWanted: (op: Op, id: NodeId) => boolean,
  isHeld: (op: Op) => boolean = () => false,
): ReadonlySet<NodeId> => {
  const edges = circuit.nodes.map(({ op, inputs }) => {
    const rules = isHeld(op) ? [] : rulesOf(op);
    return inputs.filter((_, place) => rules[place] !== undefined);
  });
  const users: ReadonlyArray<NodeId[]> = edges.map(() => []);
  edges.forEach((inputs, id) => {
    for (const input of inputs) users[input]!.push(id);
  });
  const leaves = circuit.nodes.flatMap(({ op }, id) => (isWanted(op, id) ? [id] : []));
  const dependent = reachable(leaves, users);
  const reaching = reachable([root], edges);
  return new Set([...dependent].filter((id) => reaching.has(id)));
};

/** The nodes that can be reached along edges, those started from included. */
export const reachable = (
  from: ReadonlyArray<NodeId>,
  edges: ReadonlyArray<ReadonlyArray<NodeId>>,
): ReadonlySet<NodeId> => {
  const found = new Set(from);
  for (const id of found) for (const next of edges[id]!) found.add(next);
  return found;
};
