import { type Axis, hasAxis } from "../../circuit/axis.ts";
import type { NodeId, Op } from "../../circuit/circuit.ts";
import { asTensor, dimsText, isClean, realLaid, summed } from "./clean.ts";
import { isPadded } from "./dims.ts";
import { factorsOf } from "./factors.ts";
import { keptInside } from "./layout.ts";
import { pickedSum } from "./look-ups.ts";
import type { Path } from "./loops.ts";
import { productPiece } from "./products.ts";
import type { Scribe } from "./scribe.ts";
import { atom, methodOf, type Piece } from "./text.ts";

type Reduce = Extract<Op, { readonly tag: "reduce" }>;

/** A sum or a maximum: a look-up, a product of matrices, or along dimensions. */
export const reducePiece = (s: Scribe, id: NodeId, op: Reduce, path: Path): Piece => {
  if (op.fn === "max") return greatest(s, id, op, path);
  const factors = factorsOf(s, s.node(id).inputs[0]!, path);
  return pickedSum(s, op, factors, path) ?? productPiece(s, id, op, factors, path) ?? plainSum(s, id, op, path);
};

const plainSum = (s: Scribe, id: NodeId, { over }: Reduce, path: Path): Piece => {
  const operand = s.node(id).inputs[0]!;
  const laid = realLaid(s, operand, path);
  return summed(s, isClean(s, operand, over) ? laid : keptInside(s, asTensor(laid), over, path, "0.0"), over);
};

const greatest = (s: Scribe, id: NodeId, { over }: Reduce, path: Path): Piece => {
  const operand = s.node(id).inputs[0]!;
  const laid = asTensor(keptInside(s, asTensor(realLaid(s, operand, path)), over, path, '-float("inf")'));
  const along = over.filter((axis) => hasAxis(laid.dims, axis));
  if (along.length === 0) return laid.piece;
  return over.some(mayBeNone)
    ? atom(`${s.needs("greatest")}(${laid.piece.text}, ${dimsText(laid.dims, along)})`)
    : methodOf(laid.piece, "amax", dimsText(laid.dims, along));
};

const mayBeNone = (axis: Axis): boolean =>
  isPadded(axis) ||
  (axis.tag === "feature"
    ? axis.size === 0
    : axis.tag === "time" && axis.extent.tag === "fixed" && axis.extent.size === 0);
