import type { Builder } from "../../circuit/build.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import type { Pass } from "../../circuit/pass.ts";
import { copyNode, rebuild } from "../../circuit/rewrite.ts";
import { dropDeadNodes } from "../dead-nodes.ts";
import { exactLaws } from "../laws.ts";
import { bindingsOf, instance } from "../term.ts";
import { complementOf } from "./complement.ts";
import { constantOf, type Exponents } from "./exponent.ts";
import { exponentsIn } from "./exponents.ts";
import { logarithmOf } from "./logarithm.ts";
import { power, productOf, quotient } from "./quotient.ts";
import { rootOfSquares } from "./roots.ts";
import { hasSizeOfFactor } from "./sums.ts";

/**
 * Logarithms are taken where the value is made, as sums of exponents, and quotients relative to the size of their divisors:
 * so a value is finite where it is one of real numbers, however a program spells it. Before derivatives are taken, as
 * theirs are finite too.
 */
export const stableForms: Pass = {
  name: "stable-forms",
  description: "takes logarithms and quotients of exponentials so that nothing overflows on the way",
  run: (circuit) => dropDeadNodes.run(inStableForms(circuit)),
};

const inStableForms = (circuit: Circuit): Circuit => {
  let exponents: Exponents | undefined;
  /** Of a product that became one exponential, the product. */
  const products = new Map<NodeId, NodeId>();
  return rebuild(circuit, (b, node, inputs) => {
    // The exponential of a sum would have to be taken for every term of a matrix product.
    const asMatrixProduct = (id: NodeId): NodeId => {
      const product = products.get(id);
      return product === undefined || hasSizeOfFactor(b, product) ? id : product;
    };
    const isSum = node.op.tag === "reduce" && node.op.fn === "sum";
    const copy = copyNode(b, node, isSum ? inputs.map(asMatrixProduct) : inputs);
    exponents ??= exponentsIn(b);
    const made = node.op.tag === "map" ? (stableForm(exponents, copy) ?? copy) : copy;
    // What has been found to be one function is best known as that.
    if (!isFunction(b, made)) exponents.sameParts(made, copy);
    exponents.isLarge(made);
    if (made !== copy && node.op.tag === "map" && node.op.fn === "mul") products.set(made, copy);
    return made;
  });
};

const isFunction = (b: Builder, id: NodeId): boolean => {
  const { op, inputs } = b.node(id);
  const { op: inner } = op.tag === "map" && op.fn === "neg" ? b.node(inputs[0]!) : { op };
  return inner.tag === "map" && (inner.fn === "sigmoid" || inner.fn === "expm1");
};

const stableForm = (exponents: Exponents, id: NodeId): NodeId | undefined => {
  const { b } = exponents;
  const { op, inputs } = b.node(id);
  const [x = -1, y = -1] = inputs;
  if (op.tag !== "map") return undefined;
  switch (op.fn) {
    case "log":
      return logarithmOf(exponents, x);
    case "log1p":
      return logarithmOfOneMore(exponents, x);
    case "div":
      return quotient(exponents, x, y) ?? overComplement(b, x, y);
    case "mul":
      return productOf(exponents, id);
    case "sqrt":
      return power(exponents, x, b.constant(0.5)) ?? rootOfSquares(b, x);
    case "pow":
      return power(exponents, x, y);
    default:
      return byLaw(b, id);
  }
};

/** log(1 + x) where x is made of exponentials; where it is small it is taken as it stands, since 1 + x would round it away. */
const logarithmOfOneMore = (exponents: Exponents, x: NodeId): NodeId | undefined => {
  const { b } = exponents;
  const { op, inputs } = b.node(x);
  const isNegated = op.tag === "map" && op.fn === "neg";
  const more = isNegated ? b.map("sub", b.constant(1), inputs[0]!) : b.map("add", b.constant(1), x);
  const logarithm = logarithmOf(exponents, more);
  if (logarithm === undefined || isSoftplus(b, logarithm)) return logarithm;
  const isSmall = b.map("less", x, b.constant(1));
  return b.map("select", isSmall, b.map("log1p", b.map("select", isSmall, x, b.constant(0))), logarithm);
};

const isSoftplus = (b: Builder, id: NodeId): boolean => {
  const { op, inputs } = b.node(id);
  const { op: inner } = op.tag === "map" && op.fn === "neg" ? b.node(inputs[0]!) : { op };
  return inner.tag === "map" && inner.fn === "softplus";
};

/** What is divided by one minus a value is divided by its complement: the difference would round to 0. */
const overComplement = (b: Builder, above: NodeId, below: NodeId): NodeId | undefined => {
  const { op, inputs } = b.node(below);
  if (op.tag !== "map" || op.fn !== "sub" || constantOf(b, inputs[0]!) !== 1) return undefined;
  const complement = complementOf(b, inputs[1]!);
  return complement === undefined ? undefined : b.map("div", above, complement);
};

const byLaw = (b: Builder, id: NodeId): NodeId | undefined => {
  for (const { left, right } of exactLaws) {
    const bound = bindingsOf(b, left, id);
    if (bound !== undefined) return instance(b, right, bound);
  }
  return undefined;
};
