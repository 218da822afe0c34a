import type { NodeId, Output } from "../circuit/circuit.ts";
import type { Model } from "../circuit/model.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { valuesOfExample } from "../property/cells.ts";
import type { Example, Params } from "../runtime/interface.ts";
import { withCircuit } from "./moved.ts";
import { compiledInDoubles } from "./slopes.ts";

/** The values of some nodes of a model for an example, each row-major over its axes. */
export const valuesAt = (
  model: Model,
  nodes: ReadonlyArray<NodeId>,
): ((params: Params, example: Example) => ReadonlyMap<NodeId, ReadonlyArray<number>>) => {
  const named = [...new Set(nodes)].map((node) => ({ node, name: `@value.${node}` }));
  if (named.length === 0) return () => new Map();
  const outputs = named.map(
    ({ node, name }): Output => ({ role: "output", name, node, axes: nodeAt(model.circuit, node).axes }),
  );
  const compiled = compiledInDoubles(withCircuit(model, { ...model.circuit, outputs }));
  return (params, example) => {
    const batch = compiled.pack([example]);
    const found = compiled.forward(params, batch);
    return new Map(
      named.map(({ node, name }) => [node, valuesOfExample(compiled.model, batch, found[name]!, 0)] as const),
    );
  };
};
