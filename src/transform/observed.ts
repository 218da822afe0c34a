import type { NodeId, Output } from "../circuit/circuit.ts";
import type { Model } from "../circuit/model.ts";
import { givenName } from "../circuit/own-names.ts";
import type { Pass } from "../circuit/pass.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";

/**
 * A caller may leave values of a target out: a further input says where one is given, and what is not counts nothing in
 * the loss, whatever stands in its place. What each value counts is an output with role `weight`.
 */
export const observed = ({ randoms, inputs, besides }: Pick<Model, "randoms" | "inputs" | "besides">): Pass => ({
  name: "observed",
  description: "counts in the loss only those values of targets that are given",
  run: (circuit) => {
    if (randoms.length === 0) return circuit;
    const { b, renamed } = rewrite(circuit, copyNode);
    const seen = randoms.map(({ target, term, weight }) => {
      const { axes } = inputs.find(({ name }) => name === target)!;
      const given = b.input(givenName(target), axes);
      const counts = weight === undefined ? given : b.map("stop", b.map("times", given, renamed[weight]!));
      const output: Output = { role: "weight", name: target, node: counts, axes };
      return { output, loss: b.sum(axes, b.map("times", given, renamed[term]!)) };
    });
    const losses: ReadonlyArray<NodeId> = seen.map(({ loss }) => loss);
    const total = (besides === undefined ? losses : [renamed[besides]!, ...losses]).reduce((sum, loss) =>
      b.map("add", sum, loss),
    );
    return b.finish([
      ...circuit.outputs.map((output) => ({ ...output, node: output.role === "loss" ? total : renamed[output.node]! })),
      ...seen.map(({ output }) => output),
    ]);
  },
});
