import type { Circuit, NodeId } from "../circuit/circuit.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { isOwnName } from "../circuit/own-names.ts";

/**
 * What a circuit takes over from an earlier call and looks a row up by: by name, how many symbols there are. Whoever gives
 * a state may have made it himself, and a symbol becomes an address.
 */
export const carriedSymbols = ({ nodes }: Circuit): Readonly<Record<string, number>> => {
  const least = new Map<string, number>();
  const seen = new Set<string>();
  const visit = (id: NodeId, symbols: number): void => {
    const key = `${id} ${symbols}`;
    if (seen.has(key)) return;
    seen.add(key);
    const { op, inputs } = nodeAt({ nodes }, id);
    if (op.tag === "input" && isOwnName(op.name)) least.set(op.name, Math.min(symbols, least.get(op.name) ?? symbols));
    for (const input of passedOn(nodes, id, inputs)) visit(input, symbols);
  };
  for (const { op, inputs } of nodes)
    if (op.tag === "onehot" && op.axis.tag === "feature") visit(inputs[0]!, op.axis.size);
  return Object.fromEntries(least);
};

/** The inputs of which a node's values are some. */
const passedOn = (nodes: Circuit["nodes"], id: NodeId, inputs: ReadonlyArray<NodeId>): ReadonlyArray<NodeId> => {
  const { op } = nodeAt({ nodes }, id);
  if (op.tag === "delay" || op.tag === "at" || op.tag === "rename") return inputs;
  if (op.tag === "map" && op.fn === "select") return inputs.slice(1);
  return op.tag === "map" && op.fn === "stop" ? inputs : [];
};
