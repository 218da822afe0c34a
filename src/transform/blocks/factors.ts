import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { factorsAmong } from "../../circuit/factors.ts";
import { nodeAt } from "../../circuit/node-at.ts";

/** The factors of a product of a circuit. */
export const factorsOf = (circuit: Circuit, id: NodeId): ReadonlyArray<NodeId> =>
  factorsAmong((each) => nodeAt(circuit, each), id);
