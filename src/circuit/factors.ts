import type { Node, NodeId, Pointwise } from "./circuit.ts";
import { flattened } from "./flattened.ts";

/** The factors of a product of products, from left to right; of what is none, itself. Which functions are products is said. */
export const factorsAmong = (
  nodeOf: (id: NodeId) => Node,
  id: NodeId,
  products: ReadonlyArray<Pointwise> = ["mul"],
): ReadonlyArray<NodeId> =>
  flattened(id, (each) => {
    const { op, inputs } = nodeOf(each);
    return op.tag === "map" && products.includes(op.fn) ? inputs : undefined;
  });
