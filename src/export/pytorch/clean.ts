import { type Axis, hasAxis } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { type Dims, isPadded } from "./dims.ts";
import { dimText, keptInside, laidOf, real } from "./layout.ts";
import type { Path } from "./loops.ts";
import { scalar } from "./maps.ts";
import type { Laid, Scribe } from "./scribe.ts";
import { methodOf, type Piece, pieceOf, within } from "./text.ts";

/** The sum along axes of what is 0 in padding; along an axis that it lacks, as often as there are positions. */
export const summed = (s: Scribe, laid: Laid, over: Dims): Piece => {
  const [along, missing] = [
    over.filter((axis) => hasAxis(laid.dims, axis)),
    over.filter((axis) => !hasAxis(laid.dims, axis)),
  ];
  const total = along.length === 0 ? laid.piece : methodOf(laid.piece, "sum", dimsText(laid.dims, along));
  return missing.reduce<Piece>((sum, axis) => pieceOf(`${within(sum, "product")} * ${s.size(axis)}`, "product"), total);
};

/** Dimensions as the argument of a reduction. */
export const dimsText = (dims: Dims, along: Dims): string =>
  along.length === 1
    ? dimText(dims, along[0]!)
    : `(${along.map((axis) => dims.findIndex(({ key }) => key === axis.key)).join(", ")})`;

/** An operand as real numbers. */
export const realLaid = (s: Scribe, id: NodeId, path: Path): Laid => {
  const laid = laidOf(s, id, path);
  return { ...laid, piece: real(s, id, laid.piece) };
};

/** A number as a tensor. */
export const asTensor = (laid: Laid): Laid =>
  laid.piece.isNumber === true ? { ...laid, piece: scalar(laid.piece) } : laid;

/** Whether a value is 0 at all padded positions of axes. */
export const isClean = (s: Scribe, id: NodeId, over: Dims): boolean => {
  const padded = over.filter(isPadded);
  return padded.every((axis) => isCleanAlong(s, id, axis));
};

const isCleanAlong = (s: Scribe, id: NodeId, axis: Axis): boolean => {
  const { op, inputs, axes } = s.node(id);
  if (!hasAxis(axes, axis)) return false;
  if (s.isZeroed(id, axis) || s.softmaxed(id)?.key === axis.key) return true;
  switch (op.tag) {
    case "input":
      return hasAxis(s.dims(id, []), axis);
    case "reduce":
      return op.fn === "sum" && isCleanAlong(s, inputs[0]!, axis);
    case "map":
      if (op.fn === "neg" || op.fn === "stop") return isCleanAlong(s, inputs[0]!, axis);
      if (op.fn === "times") return inputs.some((input) => isCleanAlong(s, input, axis));
      if (op.fn !== "mul") return false;
      return inputs.some((input, i) => isCleanAlong(s, input, axis) && s.padding.isTame(inputs[1 - i]!));
    default:
      return false;
  }
};

/** A factor of a product that is summed over axes: 0 in padding. */
export const cleanFactor = (s: Scribe, id: NodeId, over: Dims, path: Path): Laid => {
  const laid = realLaid(s, id, path);
  return isClean(s, id, over) ? laid : keptInside(s, asTensor(laid), over, path, "0.0");
};
