import type { Axis } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { Circuit, NodeId, Output } from "../../circuit/circuit.ts";
import { cotangentName } from "../../circuit/own-names.ts";
import { copyNode, rewrite } from "../../circuit/rewrite.ts";
import { axesOf } from "../../circuit/shape.ts";
import { dropDeadNodes } from "../dead-nodes.ts";
import { differentiate, type Leaf } from "../differentiate.ts";
import { simplify } from "../simplify.ts";
import { stableForms } from "../stable/stable-forms.ts";

/** A leaf, and in which direction it moves. */
export interface Moving {
  readonly leaf: Leaf;
  readonly direction: (b: Builder) => NodeId;
}

/**
 * Forward mode: for each output its slope as leaves move, under the same names, roles and axes. It needs no rules but those
 * of the reverse mode: the gradient of outputs weighed by cotangents is linear in these, and the gradient of that by the
 * cotangents is the product with the Jacobian (a transposition transposed). What was a delay and became an advance
 * is a delay again, so the tangents of a recurrence run the way it runs; of the adjoints nothing is left.
 */
export const tangents =
  (moving: ReadonlyArray<Moving>) =>
  (given: Circuit): Circuit => {
    const circuit = simplify.reduce((soFar, pass) => pass.run(soFar), stableForms.run(given));
    const { outputs } = circuit;
    const weighed = withLoss(circuit, (b, renamed) =>
      outputs.map(({ node, axes }, k) => inner(b, axes, renamed[node]!, b.input(cotangentName(k), axes), "mul")),
    );
    const transposed = differentiate({ wrt: moving.map(({ leaf }) => leaf), called: keyOf })(weighed);
    const along = withLoss(transposed, (b, renamed) =>
      moving.map(({ leaf, direction }) => {
        const { node, axes } = transposed.outputs.find(
          ({ role, name }) => role === "gradient" && name === keyOf(leaf),
        )!;
        return inner(b, axes, renamed[node]!, direction(b), "times");
      }),
    );
    const back = differentiate({
      wrt: outputs.map(({ axes }, k) => ({ tag: "input", name: cotangentName(k), axes })),
    })(dropDeadNodes.run(along));
    const slopes = back.outputs.filter(({ role }) => role === "gradient");
    return dropDeadNodes.run({
      ...back,
      outputs: outputs.map((output, k) => ({ ...output, node: slopes[k]!.node })),
    });
  };

/** The one loss of a circuit is the sum of some terms. */
const withLoss = (
  circuit: Circuit,
  terms: (b: Builder, renamed: ReadonlyArray<NodeId>) => ReadonlyArray<NodeId>,
): Circuit => {
  const { b, renamed } = rewrite(circuit, copyNode);
  const node = terms(b, renamed).reduce((sum, term) => b.map("add", sum, term), b.constant(0));
  const loss: Output = { role: "loss", name: "loss", node, axes: [] };
  return b.finish([loss]);
};

const inner = (b: Builder, axes: ReadonlyArray<Axis>, one: NodeId, other: NodeId, fn: "mul" | "times"): NodeId =>
  b.sum(axes, b.map(fn, one, other));

const keyOf = (leaf: Leaf): string => (leaf.tag === "parameter" ? `parameter ${leaf.path}` : `input ${leaf.name}`);

/** The axes of a leaf. */
export const leafAxes = (leaf: Leaf): ReadonlyArray<Axis> => axesOf(leaf, []);
