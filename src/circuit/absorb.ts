import type { Circuit, Node, NodeId } from "./circuit.ts";
import type { Pass } from "./pass.ts";
import { type Ranges, rangesOf } from "./ranges/ranges.ts";
import { copyNode, rebuild } from "./rewrite.ts";

/**
 * Zero absorbs where a symbol picks a component, whatever stands at the others: there a product is an absorbing one. All
 * other products say themselves whether zero absorbs in them; where all is finite it does in any.
 */
export const absorbWherePicked: Pass = {
  name: "absorb-where-picked",
  description:
    "makes products with one-hot vectors absorbing where a factor may be infinite, and no product that need not be",
  run: (circuit) => {
    if (!circuit.nodes.some((node) => isAbsorbing(node) || isPicking(circuit, node))) return circuit;
    const ranges = rangesOf(circuit);
    return rebuild(circuit, (b, node, inputs) => {
      const isProduct = isAbsorbing(node) || isPicking(circuit, node);
      return isProduct ? b.map(isTame(ranges, node) ? "mul" : "times", ...inputs) : copyNode(b, node, inputs);
    });
  },
};

export const isAbsorbing = ({ op }: Node): boolean => op.tag === "map" && op.fn === "times";

/** Whether a node is a product with a one-hot vector. */
export const isPicking = (circuit: Circuit, { op, inputs }: Node): boolean =>
  op.tag === "map" && (op.fn === "mul" || op.fn === "times") && inputs.some((input) => isOnehot(circuit, input));

const isOnehot = (circuit: Circuit, id: NodeId): boolean => {
  const { op, inputs } = circuit.nodes[id]!;
  return op.tag === "onehot" || (op.tag === "rename" && isOnehot(circuit, inputs[0]!));
};

/** Whether all factors are finite, where the axes that they depend on have positions: elsewhere so is no component. */
const isTame = ({ at, unless }: Ranges, { inputs, axes }: Node): boolean =>
  inputs.every((input) => at(input, [...axes, ...unless(input)]).finite);
