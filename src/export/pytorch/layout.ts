import { hasAxis, sameAxis, sortAxes } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import type { Dims } from "./dims.ts";
import type { Kind } from "./kinds.ts";
import type { Path } from "./loops.ts";
import type { Laid, Scribe } from "./scribe.ts";
import { atom, methodOf, type Piece, within } from "./text.ts";

export const laidOf = (s: Scribe, id: NodeId, path: Path): Laid => ({
  piece: s.read(id, path),
  dims: s.dims(id, path),
});

/** A tensor so that it broadcasts along the dimensions that it lacks. Dimensions before its first need nothing. */
export const aligned = ({ piece, dims }: Laid, to: Dims): Piece => {
  if (piece.isNumber === true || dims.length === 0) return piece;
  const first = to.findIndex((axis) => sameAxis(axis, dims[0]!));
  const places = to.slice(first).map((axis) => (hasAxis(dims, axis) ? ":" : "None"));
  const lastKept = places.lastIndexOf(":");
  if (places.slice(0, lastKept + 1).every((place) => place === ":")) {
    const added = places.length - 1 - lastKept;
    if (added === 0) return piece;
    return atom(`${within(piece, "atom")}[..., ${Array.from({ length: added }, () => "None").join(", ")}]`);
  }
  return atom(`${within(piece, "atom")}[${places.join(", ")}]`);
};

/** A tensor that has all the dimensions, each in full. */
export const expanded = (s: Scribe, laid: Laid, to: Dims, kind: Kind = "real"): Piece => {
  const sizes = to.map(s.size);
  if (laid.piece.isNumber === true)
    return kind === "whole"
      ? atom(`whole(${laid.piece.text}).expand(${sizes.join(", ")})`)
      : atom(`full(${[laid.piece.text, ...sizes].join(", ")})`);
  if (laid.dims.length === to.length) return laid.piece;
  return methodOf(aligned(laid, to), "expand", ...sizes);
};

/** The place of an axis among dimensions, as PyTorch counts it: from the end where it is the last. */
export const dimText = (dims: Dims, axis: { readonly key: string }): string => {
  const place = dims.findIndex(({ key }) => key === axis.key);
  return place === dims.length - 1 ? "-1" : String(place);
};

/** With its dimensions in another order. */
export const permuted = (laid: Laid, to: Dims): Piece => {
  const order = to.map((axis) => laid.dims.findIndex(({ key }) => key === axis.key));
  if (order.every((place, i) => place === i)) return laid.piece;
  if (order.length === 2) return atom(`${within(laid.piece, "atom")}.T`);
  const moved = order.flatMap((place, i) => (place === i ? [] : [i]));
  return moved.length === 2
    ? methodOf(laid.piece, "transpose", ...moved.map(String))
    : methodOf(laid.piece, "permute", ...order.map(String));
};

/** As a tensor of floating point numbers. */
export const real = (s: Scribe, id: NodeId, piece: Piece): Piece =>
  piece.isNumber === true || s.kind(id) === "real" ? piece : methodOf(piece, "to", "dtype");

/** What stands in the place of a value in padding. */
export const keptInside = (s: Scribe, laid: Laid, axes: Dims, path: Path, fill: string): Laid => {
  const mask = s.inside(axes, path);
  if (mask === undefined) return laid;
  const dims = [...laid.dims, ...mask.dims.filter((axis) => !hasAxis(laid.dims, axis))];
  const sorted = sortAxes(dims);
  return {
    piece: atom(`torch.where(${aligned(mask, sorted).text}, ${aligned(laid, sorted).text}, ${fill})`),
    dims: sorted,
  };
};
