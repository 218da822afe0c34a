import {
  type Axis,
  featureAxis,
  hasAxis,
  raggedOver,
  sameAxis,
  type TimeAxis,
  unionAxes,
  withoutAxes,
} from "../../circuit/axis.ts";
import type { NodeId, Op } from "../../circuit/circuit.ts";
import { type Dims, isPadded } from "./dims.ts";
import { aligned, dimText, expanded, laidOf, permuted, real } from "./layout.ts";
import { isOpen, type Path } from "./loops.ts";
import { scalar } from "./maps.ts";
import type { Laid, Scribe } from "./scribe.ts";
import { atom, callOf, methodOf, type Piece, pieceOf, within } from "./text.ts";

type Of<Tag extends Op["tag"]> = Extract<Op, { readonly tag: Tag }>;

/** An operand as the kind of tensor that its reader is. */
const typed = (s: Scribe, id: NodeId, reader: NodeId, path: Path): Laid => {
  const laid = laidOf(s, id, path);
  return s.kind(reader) === "real" ? { ...laid, piece: real(s, id, laid.piece) } : laid;
};

export const delayPiece = (s: Scribe, id: NodeId, op: Of<"delay">, path: Path): Piece => {
  const dims = s.dims(id, path);
  const [boundary, source] = s.node(id).inputs as readonly [NodeId, NodeId];
  const ragged = raggedOver(s.node(id).axes, op.axis);
  const exists = existsPiece(s, op.axis, op.by, ragged, path);
  const outside = typed(s, boundary, id, path);
  if (!isOpen(path, op.axis)) {
    const whole = typed(s, source, id, path);
    const moved = callOf(
      s.needs("shifted"),
      expanded(s, whole, dims, s.kind(id)).text,
      String(op.by),
      dimText(dims, op.axis),
    );
    return callOf("torch.where", aligned(exists!, dims).text, moved.text, aligned(outside, dims).text);
  }
  const turn = s.turn(op.axis);
  const place = op.by > 0 ? `${turn} - ${op.by}` : `${turn} + ${-op.by}`;
  const read = s.read(source, path, new Map([[op.axis.key, place]]));
  const before = { piece: s.kind(id) === "real" ? real(s, source, read) : read, dims: s.dims(source, path) };
  const inTurn = op.by > 0 ? `${turn} >= ${op.by}` : `${place} < ${s.size(op.axis)}`;
  const here = expanded(s, before, dims, s.kind(id));
  const there = expanded(s, outside, dims, s.kind(id));
  const chosen = exists === undefined ? here : callOf("torch.where", aligned(exists, dims).text, here.text, there.text);
  return pieceOf(`${within(chosen, "compare")} if ${inTurn} else ${within(there, "compare")}`, "choice");
};

/** Whether the position that is read exists; undefined where a loop knows. */
const existsPiece = (s: Scribe, axis: TimeAxis, by: number, ragged: Dims, path: Path): Laid | undefined => {
  const conditions: Laid[] = [];
  const open = isOpen(path, axis);
  const position = s.positions(axis, path);
  if (by > 0 && !open)
    conditions.push({ ...position, piece: pieceOf(`${within(position.piece, "or")} > ${by}`, "compare") });
  if (by < 0 && (!open || isPadded(axis))) {
    const lengths = s.lengths(axis, path);
    const dims = unionAxes(position.dims, lengths.dims);
    conditions.push({
      piece: pieceOf(
        `${within(aligned(position, dims), "or")} <= ${within(aligned(lengths, dims), "sum")} - ${-by}`,
        "compare",
      ),
      dims,
    });
  }
  for (const other of ragged) conditions.push(raggedExists(s, axis, by, other, path));
  if (conditions.length === 0) return undefined;
  const dims = unionAxes(...conditions.map((each) => each.dims));
  return {
    piece: conditions
      .map((each) => aligned(each, dims))
      .reduce((all, each) => pieceOf(`${within(all, "and")} & ${within(each, "sum")}`, "and")),
    dims,
  };
};

/** Whether there is a position of a ragged axis `by` positions before along another. */
const raggedExists = (s: Scribe, axis: TimeAxis, by: number, other: Axis, path: Path): Laid => {
  const all = s.wholeLengths(other);
  const moved: Laid = {
    piece: callOf(s.needs("shifted"), all.piece.text, String(by), dimText(all.dims, axis)),
    dims: all.dims,
  };
  const here = s.indexed(moved, path);
  const position = s.positions(other, path);
  const dims = unionAxes(here.dims, position.dims);
  return {
    piece: pieceOf(`${within(aligned(position, dims), "or")} <= ${within(aligned(here, dims), "or")}`, "compare"),
    dims,
  };
};

export const atPiece = (s: Scribe, id: NodeId, op: Of<"at">, path: Path): Piece => {
  const [operand] = s.node(id).inputs as readonly [NodeId];
  const laid = typed(s, operand, id, path);
  const dims = s.dims(id, path);
  const { axis, position } = op;
  const has = hasAxis(laid.dims, axis);
  if (axis.extent.tag === "fixed") {
    const at = position.tag === "fromStart" ? position.position : axis.extent.size + position.offset;
    const isThere = at >= 1 && at <= axis.extent.size;
    if (!isThere) return expanded(s, { piece: { ...atom("0.0"), isNumber: true }, dims: [] }, dims, s.kind(id));
    const read = has ? s.read(operand, path, new Map([[axis.key, String(at - 1)]])) : laid.piece;
    const taken = {
      piece: s.kind(id) === "real" ? real(s, operand, read) : read,
      dims: withoutAxes(laid.dims, [axis]),
    };
    return expanded(s, taken, dims);
  }
  const lengths = s.lengths(axis, path);
  const from: Piece =
    position.tag === "fromStart"
      ? { ...atom(String(position.position - 1)), isNumber: true }
      : position.offset === 1
        ? lengths.piece
        : pieceOf(`${within(lengths.piece, "sum")} - ${1 - position.offset}`, "sum");
  const lacking = unionAxes(withoutAxes(laid.dims, [axis]), lengths.dims);
  const all = unionAxes(lacking, [axis]);
  const taken = has
    ? callOf(
        s.needs("position"),
        aligned(laid, all).text,
        aligned({ piece: from, dims: lengths.dims }, lacking).text,
        aligned(lengths, lacking).text,
        String(all.findIndex((each) => sameAxis(each, axis))),
        String(all.length),
      )
    : callOf(
        "torch.where",
        aligned({ piece: existsAt(from, lengths.piece), dims: lengths.dims }, lacking).text,
        aligned(laid, lacking).text,
        "0.0",
      );
  return expanded(s, { piece: taken, dims: lacking }, dims);
};

/** Whether a position that is counted from 0 is less than the length. */
const existsAt = (from: Piece, lengths: Piece): Piece =>
  from.isNumber === true
    ? pieceOf(`${within(lengths, "or")} > ${from.text}`, "compare")
    : pieceOf(`(${from.text} >= 0) & (${from.text} < ${lengths.text})`, "and");

export const concatPiece = (s: Scribe, id: NodeId, op: Of<"concat">, path: Path): Piece => {
  const dims = s.dims(id, path);
  const parts = s.node(id).inputs.map((input, i) => {
    const own = featureAxis(op.axis.slot, op.sizes[i]!);
    const to = dims.map((axis) => (sameAxis(axis, op.axis) ? own : axis));
    const laid = typed(s, input, id, path);
    return expanded(s, laid.piece.isNumber === true ? { ...laid, piece: scalarFor(s, id, laid.piece) } : laid, to).text;
  });
  return callOf("torch.cat", `(${parts.join(", ")})`, dimText(dims, op.axis));
};

const scalarFor = (s: Scribe, id: NodeId, piece: Piece): Piece =>
  s.kind(id) === "whole" ? atom(`whole(${piece.text})`) : scalar(piece);

export const slicePiece = (s: Scribe, id: NodeId, op: Of<"slice">, path: Path): Piece => {
  const laid = laidOf(s, s.node(id).inputs[0]!, path);
  const place = laid.dims.findIndex((axis) => sameAxis(axis, op.axis));
  if (place < 0) return laid.piece;
  const part = `${op.from}:${op.from + op.size}`;
  const before = place === laid.dims.length - 1 && place > 0 ? "..., " : ":, ".repeat(place);
  return atom(`${within(laid.piece, "atom")}[${before}${part}]`);
};

export const onehotPiece = (s: Scribe, id: NodeId, op: Of<"onehot">, path: Path): Piece => {
  const laid = laidOf(s, s.node(id).inputs[0]!, path);
  const dims = s.dims(id, path);
  const positions = s.positions(op.axis, path);
  const symbol = laid.piece.isNumber === true ? atom(`whole(${laid.piece.text})`) : aligned(laid, dims);
  return pieceOf(`${within(symbol, "or")} == ${within(aligned(positions, dims), "or")}`, "compare");
};

export const renamePiece = (s: Scribe, id: NodeId, op: Of<"rename">, path: Path): Piece => {
  const [operand] = s.node(id).inputs as readonly [NodeId];
  const before = s.dims(operand, []);
  const after = (axis: Axis): Axis => op.renames.find(([from]) => sameAxis(from, axis))?.[1] ?? axis;
  const places = new Map(
    before.flatMap((axis) => (isOpen(path, after(axis)) ? [[axis.key, s.turn(after(axis))] as const] : [])),
  );
  // An axis that is given another name is read as a whole, though a loop runs along one of its old name.
  for (const axis of before) if (!places.has(axis.key) && isOpen(path, axis)) places.set(axis.key, ":");
  const read = s.read(operand, path, places);
  const kept = before.filter((axis) => !places.has(axis.key) || places.get(axis.key) === ":");
  const cut = kept.reduce(
    (piece, axis) => fitted(s, piece, kept, axis, after(axis)),
    s.kind(id) === "real" ? real(s, operand, read) : read,
  );
  return diagonal({ piece: cut, dims: kept.map(after) }, s.dims(id, path));
};

/** Components that are read as positions: as many as there are of these. */
const fitted = (s: Scribe, piece: Piece, dims: Dims, from: Axis, to: Axis): Piece => {
  if (from.tag !== "feature" || !isPadded(to)) return piece;
  const place = dims.findIndex((axis) => sameAxis(axis, from));
  return atom(`${within(piece, "atom")}[${":, ".repeat(place)}:${s.size(to)}]`);
};

/** Axes that come to be one are read where both are at the same position. */
const diagonal = (laid: Laid, to: Dims): Piece => {
  const twice = laid.dims.findIndex((axis, i) => laid.dims.findIndex((other) => sameAxis(axis, other)) < i);
  if (twice < 0) return permuted(laid, to);
  const axis = laid.dims[twice]!;
  const first = laid.dims.findIndex((other) => sameAxis(axis, other));
  const rest = laid.dims.filter((_, i) => i !== first && i !== twice);
  return diagonal(
    { piece: methodOf(laid.piece, "diagonal", "0", String(first), String(twice)), dims: [...rest, axis] },
    to,
  );
};
