import { CompilerFault } from "../fault.ts";
import type { Circuit, Node, NodeId } from "./circuit.ts";

/** A node of a circuit. Ids come out of the circuit itself: one that it lacks is a fault of ours. */
export const nodeAt = ({ nodes }: Pick<Circuit, "nodes">, id: NodeId): Node => {
  const node = nodes[id];
  if (node === undefined) throw new CompilerFault("circuit", `there is no node ${id} among ${nodes.length}`);
  return node;
};
