import type { Axis } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { NodeId, Output } from "../circuit/circuit.ts";
import type { Model } from "../circuit/model.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";
import { invariant } from "../fault.ts";

/** What is told besides, by the nodes that those of the model became, and the outputs that are kept. */
type Told = (b: Builder, renamed: ReadonlyArray<NodeId>, kept: ReadonlyArray<Output>) => ReadonlyArray<Output>;

/** A model that tells more of what it computes, or other things: its specifications' nodes are found again. */
export const withOutputs = (model: Model, isKept: (output: Output) => boolean, told: Told): Model => {
  const { b, renamed } = rewrite(model.circuit, copyNode);
  const kept = model.circuit.outputs.filter(isKept).map((each) => ({ ...each, node: renamed[each.node]! }));
  return {
    ...model,
    randoms: model.randoms.map((random) => ({
      ...random,
      term: renamed[random.term]!,
      ...(random.weight === undefined ? {} : { weight: renamed[random.weight]! }),
    })),
    ...(model.besides === undefined ? {} : { besides: renamed[model.besides]! }),
    circuit: b.finish([...kept, ...told(b, renamed, kept)]),
  };
};

/** The node of a target, and all axes that its values have. */
export const targetNode = (
  { circuit }: Model,
  target: string,
): { readonly node: NodeId; readonly axes: ReadonlyArray<Axis> } => {
  const node = circuit.nodes.findIndex(({ op }) => op.tag === "input" && op.name === target);
  invariant("targets", node >= 0, `nothing reads ${target}`);
  return { node, axes: circuit.nodes[node]!.axes };
};
