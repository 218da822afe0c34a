import { type Axis, featuresOf, firstOf, hasAxis, sameAxis, unionAxes, withoutAxes } from "../../circuit/axis.ts";
import type { NodeId, Op } from "../../circuit/circuit.ts";
import { isClean, realLaid, summed } from "./clean.ts";
import { isPadded } from "./dims.ts";
import type { Factors } from "./factors.ts";
import { aligned, keptInside, laidOf } from "./layout.ts";
import type { Path } from "./loops.ts";
import type { Laid, Scribe } from "./scribe.ts";
import { atom, callOf, type Piece, pieceOf, within } from "./text.ts";

/** A sum in which a one-hot factor picks a component: the other factors, read there. */
export const pickedSum = (
  s: Scribe,
  { over }: Extract<Op, { readonly tag: "reduce" }>,
  { factors, absorbs, isStrict }: Factors,
  path: Path,
): Piece | undefined => {
  const found = factors.flatMap((factor, place) =>
    over.flatMap((axis) => {
      const symbol = symbolOf(s, factor, axis);
      return symbol === undefined ? [] : [{ axis, symbol, place }];
    }),
  )[0];
  if (found === undefined) return undefined;
  const others = factors.filter((_, i) => i !== found.place);
  if (others.length === 0 || (others.length > 1 && (absorbs || isStrict))) return undefined;
  const index = indexOf(s, found.symbol, found.axis, path);
  const picked = others.map((factor): Laid => pick(s, realLaid(s, factor, path), found.axis, index));
  const dims = unionAxes(...picked.map((each) => each.dims));
  const product = picked
    .map((each) => aligned(each, dims))
    .reduce((soFar, each) => pieceOf(`${within(soFar, "product")} * ${within(each, "sign")}`, "product"));
  const rest = withoutAxes(over, [found.axis]);
  const laid = { piece: product, dims };
  const kept =
    rest.length === 0 || others.some((other) => isClean(s, other, rest))
      ? laid
      : keptInside(s, laid, rest, path, "0.0");
  return summed(s, kept, rest);
};

/** The symbol that a factor is 1 at along an axis, where it says nothing else. */
const symbolOf = (s: Scribe, id: NodeId, axis: Axis): NodeId | undefined => {
  const { op, inputs } = s.node(id);
  if (op.tag === "onehot") return sameAxis(op.axis, axis) ? inputs[0] : undefined;
  if (op.tag !== "rename" || op.renames.length !== 1 || !sameAxis(op.renames[0]![1], axis)) return undefined;
  const operand = s.node(inputs[0]!);
  const isPlain =
    operand.op.tag === "onehot" &&
    sameAxis(operand.op.axis, op.renames[0]![0]) &&
    firstOf(op.renames[0]![0]) === firstOf(axis);
  return isPlain ? operand.inputs[0] : undefined;
};

/** Counted from 0, along an axis that may be padded within it. */
const indexOf = (s: Scribe, symbol: NodeId, axis: Axis, path: Path): Laid => {
  const laid = laidOf(s, symbol, path);
  const whole = s.kind(symbol) === "whole" && laid.piece.isNumber !== true ? laid.piece : wholeOf(laid.piece);
  if (firstOf(axis) === 0) return { ...laid, piece: whole };
  return { ...laid, piece: callOf(s.needs("within"), `${within(whole, "sum")} - 1`, s.size(axis)) };
};

const wholeOf = (piece: Piece): Piece =>
  piece.isNumber === true ? atom(`whole(${piece.text})`) : atom(`${within(piece, "atom")}.long()`);

const pick = (s: Scribe, laid: Laid, axis: Axis, index: Laid): Laid => {
  if (!hasAxis(laid.dims, axis)) return laid;
  const all = unionAxes(laid.dims, index.dims);
  const dims = withoutAxes(all, [axis]);
  const isTable = featuresOf(laid.dims).length === laid.dims.length && sameAxis(laid.dims[0]!, axis);
  if (isTable && featuresOf(index.dims).length === 0 && !isPadded(axis))
    return { piece: atom(`${within(laid.piece, "atom")}[${index.piece.text}]`), dims };
  const place = all.findIndex((each) => sameAxis(each, axis));
  return {
    piece: callOf(
      s.needs("pick"),
      aligned(laid, all).text,
      aligned(index, dims).text,
      String(place),
      String(all.length),
    ),
    dims,
  };
};
