import { absorbWherePicked } from "../../circuit/absorb.ts";
import type { Builder } from "../../circuit/build.ts";
import type { Circuit, NodeId, Output } from "../../circuit/circuit.ts";

/** What a model's specifications know by the place of its node. */
export interface Handle {
  readonly tag: "term" | "weight" | "besides";
  readonly name: string;
  readonly node: NodeId;
}

/** The circuit in its last form, and where those nodes stand in it. */
export const withHandles = (
  b: Builder,
  outputs: ReadonlyArray<Output>,
  handles: ReadonlyArray<Handle>,
): { readonly circuit: Circuit; readonly nodeOf: (tag: Handle["tag"], name: string) => NodeId | undefined } => {
  const held = handles.map(({ node }): Output => ({ role: "output", name: "", node, axes: b.node(node).axes }));
  const { nodes, outputs: last } = absorbWherePicked.run(b.finish([...outputs, ...held]));
  return {
    circuit: { nodes, outputs: last.slice(0, outputs.length) },
    nodeOf: (tag, name) => {
      const place = handles.findIndex((handle) => handle.tag === tag && handle.name === name);
      return place < 0 ? undefined : last[outputs.length + place]!.node;
    },
  };
};
