import type { Axis } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { type Chain, chainOf } from "../../circuit/flattened.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import type { Forming } from "./forms.ts";
import { onehotOf } from "./summand.ts";

export const isAbsorbed = (uses: number): boolean => uses === 1;

/** The factors that products make of a value, and the products: those are computed in the loops of their one reader. */
export const productOf = (forming: Forming, id: NodeId, isFlat: IsProduct): Chain<NodeId> =>
  chainOf(id, (each) => (isFlat(forming, each) ? nodeAt(forming.circuit, each).inputs : undefined));

/** Which nodes are products that nothing else reads. */
export type IsProduct = (forming: Forming, id: NodeId) => boolean;

export const isOwnProduct: IsProduct = (forming, id) => isOwn(forming, id, "mul");

/** Where the symbol is read off, what it picks is multiplied by nothing: there zero need not absorb. */
export const isOwnOrPicking: IsProduct = (forming, id) => isOwnProduct(forming, id) || isPicking(forming, id);

const isPicking: IsProduct = (forming, id) =>
  isOwn(forming, id, "times") &&
  nodeAt(forming.circuit, id).inputs.some((input) => onehotOf(forming.circuit, input) !== undefined);

const isOwn = ({ circuit, uses }: Forming, id: NodeId, fn: "mul" | "times"): boolean => {
  const { op } = nodeAt(circuit, id);
  return op.tag === "map" && op.fn === fn && uses.get(id) === 1;
};

/** The maps at `id` and below that nothing else uses, if they are over `axes` (if given) and so not computed again. */
export const mapsBelow = (
  { circuit, uses, forms }: Forming,
  id: NodeId,
  axes?: ReadonlyArray<Axis>,
): ReadonlyArray<NodeId> =>
  chainOf(id, (each) => {
    const { op, inputs, axes: own } = nodeAt(circuit, each);
    const isTakenIn = op.tag === "map" && forms.isAbsorbed(uses.get(each)!);
    return isTakenIn && (axes === undefined || own.length === axes.length) ? inputs : undefined;
  }).links;
