import { type Axis, withoutAxes } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import type { Chain } from "../../circuit/flattened.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { isRagged } from "../../loops/size.ts";
import { type IsProduct, isOwnOrPicking, isOwnProduct, mapsBelow, productOf } from "./absorption.ts";
import type { Forming } from "./forms.ts";
import type { Statement, Summand } from "./statement.ts";
import { isStored } from "./stored.ts";
import { onehotOf } from "./summand.ts";

/** A reduction as a statement, and the maps that are computed inside its loops. */
export interface Formed {
  readonly statement: Statement;
  readonly absorbed: ReadonlyArray<NodeId>;
}

/** The statement that a node is, if it is a sum or a maximum. */
export const reductionOf = (forming: Forming, id: NodeId): Formed | undefined => {
  const { op, inputs } = nodeAt(forming.circuit, id);
  if (op.tag !== "reduce") return undefined;
  return (op.fn === "max" ? maximum : sum)(forming, id, inputs[0]!, op.over);
};

type Form = (forming: Forming, id: NodeId, operand: NodeId, over: ReadonlyArray<Axis>) => Formed;

const maximum: Form = (forming, id, operand, over) => {
  const { axes } = nodeAt(forming.circuit, id);
  return {
    statement: { tag: "reduction", id, node: id, axes, fn: "max", over, factors: [operand], lookups: [] },
    absorbed: mapsBelow(forming, operand, nodeAt(forming.circuit, operand).axes),
  };
};

/** The cheapest form that a sum can take: what comes first does least. */
const sum: Form = (forming, id, operand, over) => {
  const { circuit, forms } = forming;
  const { axes } = nodeAt(circuit, id);
  const isFlat: IsProduct = isReadOff(forming, operand, over, axes) ? isOwnOrPicking : isOwnProduct;
  const product = productOf(forming, operand, isFlat);
  const summand = forms.withLookups(circuit, product.parts, over);
  const taken: Taken = { id, axes, operand, over, product, summand };
  return lookup(forming, taken) ?? scatter(forming, taken) ?? contraction(forming, taken) ?? total(forming, taken);
};

/** A sum whose operand is taken apart. */
interface Taken {
  readonly id: NodeId;
  readonly axes: ReadonlyArray<Axis>;
  readonly operand: NodeId;
  readonly over: ReadonlyArray<Axis>;
  readonly product: Chain<NodeId>;
  readonly summand: Summand;
}

/** The axes that no symbol picks a position of. */
const restOf = ({ over, summand }: Taken): ReadonlyArray<Axis> =>
  withoutAxes(
    over,
    summand.lookups.map(({ axis }) => axis),
  );

const lookup = (forming: Forming, taken: Taken): Formed | undefined => {
  const { id, axes, product, summand } = taken;
  if (restOf(taken).length > 0) return undefined;
  return {
    statement: { tag: "lookup", id, node: id, axes, ...summand },
    absorbed: [...product.links, ...summand.factors.flatMap((factor) => mapsBelow(forming, factor))],
  };
};

const scatter = ({ circuit, forms }: Forming, { id, axes, over, product, summand }: Taken): Formed | undefined => {
  const spread = forms.spreading(circuit, product.parts, axes);
  if (summand.lookups.length > 0 || spread === undefined) return undefined;
  const factors = product.parts.filter((factor) => {
    const found = onehotOf(circuit, factor);
    return found?.axis.key !== spread.axis.key || found.symbol !== spread.symbol;
  });
  return {
    statement: { tag: "scatter", id, node: id, axes, over, factors, lookups: [], ...spread },
    absorbed: product.links,
  };
};

const contraction = (forming: Forming, { id, axes, operand, over, summand }: Taken): Formed | undefined => {
  if (summand.lookups.length > 0 || !isMatrixProduct(forming, operand, over)) return undefined;
  const [left, right] = nodeAt(forming.circuit, operand).inputs as [NodeId, NodeId];
  return { statement: { tag: "product", id, node: id, axes, left, right, over }, absorbed: [operand] };
};

const total = (forming: Forming, taken: Taken): Formed => {
  const { id, axes, operand, product, summand } = taken;
  // Where a symbol picks positions, what is taken in is computed at those alone, however few axes it has.
  const limit = summand.lookups.length > 0 ? undefined : nodeAt(forming.circuit, operand).axes;
  return {
    statement: { tag: "reduction", id, node: id, axes, fn: "sum", over: restOf(taken), ...summand },
    absorbed: [...product.links, ...summand.factors.flatMap((factor) => mapsBelow(forming, factor, limit))],
  };
};

/** Whether no symbol is left among the factors of a sum once one is read off, or spreads the others. */
const isReadOff = (
  forming: Forming,
  operand: NodeId,
  over: ReadonlyArray<Axis>,
  axes: ReadonlyArray<Axis>,
): boolean => {
  const { circuit, forms } = forming;
  const { parts } = productOf(forming, operand, isOwnOrPicking);
  const { factors, lookups } = forms.withLookups(circuit, parts, over);
  const left = factors.filter((factor) => onehotOf(circuit, factor) !== undefined).length;
  return left === (lookups.length === 0 && forms.spreading(circuit, parts, axes) !== undefined ? 1 : 0);
};

const isMatrixProduct = (forming: Forming, operand: NodeId, over: ReadonlyArray<Axis>): boolean => {
  const { circuit, forms, furtherAxes, isClean } = forming;
  if (!isOwnProduct(forming, operand)) return false;
  const [left, right] = nodeAt(circuit, operand).inputs as [NodeId, NodeId];
  const axesOf = (id: NodeId) => [...nodeAt(circuit, id).axes, ...furtherAxes(id)];
  return (
    forms.isContraction(over, axesOf(left), axesOf(right)) &&
    over.every((axis) => !isRagged(axis) || isClean(left, axis) || isClean(right, axis)) &&
    isViewable(forming, left) &&
    isViewable(forming, right)
  );
};

/** Whether a product can read an operand as a strided view of a buffer; a diagonal strides along two axes at once. */
const isViewable = (forming: Forming, id: NodeId): boolean => {
  const node = nodeAt(forming.circuit, id);
  const { op, inputs, axes } = node;
  if (op.tag !== "rename" && op.tag !== "slice") return isStored(node);
  const isDiagonal = op.tag === "rename" && axes.length < nodeAt(forming.circuit, inputs[0]!).axes.length;
  return !isDiagonal && isViewable(forming, inputs[0]!);
};
