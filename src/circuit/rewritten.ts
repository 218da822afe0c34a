import type { Circuit, NodeId, Output } from "./circuit.ts";
import type { Model, RandomSpec } from "./model.ts";
import { nodeAt } from "./node-at.ts";

/** A model after a pass over its circuit: the nodes that its specifications know are found again. */
export const rewritten = (model: Model, run: (circuit: Circuit) => Circuit): Model => {
  const { circuit, randoms, besides } = model;
  const known = [...randoms.flatMap(nodesOf), ...(besides === undefined ? [] : [besides])];
  const held = known.map((node): Output => ({ role: "output", name: "", node, axes: nodeAt(circuit, node).axes }));
  const { nodes, outputs } = run({ ...circuit, outputs: [...circuit.outputs, ...held] });
  const places = new Map(known.map((node, i) => [node, outputs[circuit.outputs.length + i]!.node]));
  return {
    ...model,
    circuit: { nodes, outputs: outputs.slice(0, circuit.outputs.length) },
    randoms: randoms.map((random) => ({
      ...random,
      term: places.get(random.term)!,
      ...(random.weight === undefined ? {} : { weight: places.get(random.weight)! }),
    })),
    ...(besides === undefined ? {} : { besides: places.get(besides)! }),
  };
};

const nodesOf = ({ term, weight }: RandomSpec): ReadonlyArray<NodeId> =>
  weight === undefined ? [term] : [term, weight];
