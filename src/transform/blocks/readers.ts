import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { components } from "../../circuit/components.ts";
import { nodeAt } from "../../circuit/node-at.ts";

/** A circuit with its recurrences and with what reads each node. */
export interface Readers {
  readonly circuit: Circuit;
  /** The nodes that depend on themselves, those of one recurrence together. */
  readonly recurrences: ReadonlyArray<ReadonlyArray<NodeId>>;
  readonly recurs: (id: NodeId) => boolean;
  readonly readersOf: (id: NodeId) => ReadonlyArray<NodeId>;
  readonly isOutput: (id: NodeId) => boolean;
}

export const readersIn = (circuit: Circuit): Readers => {
  const readers = circuit.nodes.map((): NodeId[] => []);
  circuit.nodes.forEach(({ inputs }, id) => {
    for (const input of new Set(inputs)) readers[input]!.push(id);
  });
  const ids = circuit.nodes.map((_, id) => id);
  const recurrences = components(ids, (id) => nodeAt(circuit, id).inputs).filter(({ length }) => length > 1);
  const recurring = new Set(recurrences.flat());
  const outputs = new Set(circuit.outputs.map(({ node }) => node));
  return {
    circuit,
    recurrences,
    recurs: (id) => recurring.has(id),
    readersOf: (id) => readers[id]!,
    isOutput: (id) => outputs.has(id),
  };
};
