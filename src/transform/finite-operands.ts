import { isAbsorbing, isPicking } from "../circuit/absorb.ts";
import type { Builder } from "../circuit/build.ts";
import type { Node, NodeId } from "../circuit/circuit.ts";
import { nodeAt } from "../circuit/node-at.ts";
import type { Pass } from "../circuit/pass.ts";
import { rangesOf } from "../circuit/ranges/ranges.ts";
import { copyNode, rebuild } from "../circuit/rewrite.ts";
import { isContraction } from "./contraction.ts";

/**
 * In a matrix product zero must absorb term by term, and its kernels know only multiplication. So what is
 * infinite in an operand is taken for the greatest number of single precision, and what is no number for 0.
 */
export const finiteOperands: Pass = {
  name: "finite-operands",
  description: "lets kernels multiply matrices in whose product zero absorbs",
  run: (circuit) => {
    const { nodes } = circuit;
    if (!nodes.some(isAbsorbing)) return circuit;
    const { at } = rangesOf(circuit);
    const isMatrixProduct = ({ op, inputs }: Node): boolean => {
      if (op.tag !== "reduce" || op.fn !== "sum") return false;
      const product = nodeAt({ nodes }, inputs[0]!);
      if (!isAbsorbing(product) || isPicking(circuit, product)) return false;
      const [left, right] = product.inputs;
      return isContraction(op.over, nodeAt({ nodes }, left!).axes, nodeAt({ nodes }, right!).axes);
    };
    const mustBeMade = (id: NodeId, sum: Node): boolean => !at(id, nodeAt({ nodes }, sum.inputs[0]!).axes).finite;
    const products = nodes.filter(isMatrixProduct);
    const made = new Set(
      products.flatMap((sum) =>
        nodeAt({ nodes }, sum.inputs[0]!)
          .inputs.filter((id) => mustBeMade(id, sum))
          .map(renamedIn(nodes)),
      ),
    );
    return rebuild(circuit, (b, node, inputs) => {
      const { op } = node;
      if (op.tag !== "reduce" || op.fn !== "sum") return copyNode(b, node, inputs);
      // What stands finite for a product is not stored a second time for a plain sum.
      if (made.has(node.inputs[0]!)) return b.sum(op.over, madeFinite(b, inputs[0]!));
      if (!isMatrixProduct(node)) return copyNode(b, node, inputs);
      const old = nodeAt({ nodes }, node.inputs[0]!).inputs;
      const factors = b.node(inputs[0]!).inputs;
      const finite = factors.map((factor, i) => (mustBeMade(old[i]!, node) ? madeFinite(b, factor) : factor));
      return b.sum(op.over, b.map("mul", ...finite));
    });
  },
};

/** What a renaming is of. */
const renamedIn =
  (nodes: ReadonlyArray<Node>) =>
  (id: NodeId): NodeId => {
    const { op, inputs } = nodeAt({ nodes }, id);
    return op.tag === "rename" ? renamedIn(nodes)(inputs[0]!) : id;
  };

/** The greatest number of single precision. */
const greatest = 2 ** 127 * (2 - 2 ** -23);

const madeFinite = (b: Builder, id: NodeId): NodeId => {
  const { op, inputs } = b.node(id);
  if (op.tag === "rename") return b.rename(op.renames, madeFinite(b, inputs[0]!));
  const hasSize = b.map("equal", b.map("sub", id, id), b.constant(0));
  const limited = b.map("max", b.map("min", id, b.constant(greatest)), b.constant(-greatest));
  return b.map("select", hasSize, id, b.map("select", b.map("equal", id, id), limited, b.constant(0)));
};
