import { type Axis, featuresOf, hasAxis } from "../circuit/axis.ts";
import type { Circuit, NodeId } from "../circuit/circuit.ts";
import { nodeAt } from "../circuit/node-at.ts";
import type { Pass } from "../circuit/pass.ts";
import { dropDeadNodes } from "./dead-nodes.ts";

/**
 * For a circuit whose categorical distributions, given by the names of their log-probabilities, are only drawn from: it
 * makes no difference to the symbol what is added to the logarithms of all. So the logarithm of `softmax(a)`, which is
 * `a - logsumexp(a)`, becomes `a`.
 */
export const unnormalisedDraws = (logProbabilities: ReadonlyArray<string>): Pass => ({
  name: "unnormalised-draws",
  description: "draws symbols by logarithms that are not brought to a sum of probabilities of 1",
  run: (circuit) =>
    dropDeadNodes.run({
      ...circuit,
      outputs: circuit.outputs.map((output) =>
        output.role === "distribution" && logProbabilities.includes(output.name)
          ? { ...output, node: varyingOver(circuit, featuresOf(output.axes), output.node) }
          : output,
      ),
    }),
});

/** A value without the terms that are the same for all components. */
const varyingOver = (circuit: Circuit, components: ReadonlyArray<Axis>, id: NodeId): NodeId => {
  const { op, inputs } = nodeAt(circuit, id);
  const varies = (input: NodeId): boolean => components.some((axis) => hasAxis(nodeAt(circuit, input).axes, axis));
  const varying = inputs.filter(varies);
  const isSum = op.tag === "map" && (op.fn === "add" || (op.fn === "sub" && varying[0] === inputs[0]));
  return isSum && varying.length === 1 ? varyingOver(circuit, components, varying[0]!) : id;
};
