import { type Axis, hasAxis } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { CompilerFault } from "../../fault.ts";
import { isPadded, maskDims } from "./dims.ts";
import { aligned } from "./layout.ts";
import type { Locals } from "./locals.ts";
import { commonDepth, isOpen, type Loop, type Path, withoutOpen } from "./loops.ts";
import { constantPiece, mapPiece } from "./maps.ts";
import { atPiece, concatPiece, delayPiece, onehotPiece, renamePiece, slicePiece } from "./moves.ts";
import type { Plan } from "./plan.ts";
import type { Scribe } from "./scribe.ts";
import type { Setting } from "./setting.ts";
import { recognisedPiece } from "./softmax.ts";
import { reducePiece } from "./sums.ts";
import { atom, type Piece, within } from "./text.ts";

/** Values as they are written and as they are read, while a function is printed from its beginning. */
export interface Values {
  readonly scribe: Scribe;
  /** Names without the loops that they are in. */
  readonly names: Map<NodeId, string>;
  /** What is written where it is read. */
  readonly inlined: Map<NodeId, Piece>;
  /** The loops that are being printed: what is made in them stands in lists. */
  readonly running: Set<Loop>;
  /** The name of a value where so many loops are open. */
  readonly nameAt: (id: NodeId, depth: number) => string;
  readonly expressionOf: (id: NodeId, path: Path) => Piece;
  /** What is carried from turn to turn stays 0 in padding, unless it cannot grow. */
  readonly masked: (id: NodeId, path: Path, text: string) => string;
}

export const newValues = (plan: Plan, setting: Setting, locals: Locals): Values => {
  const { node, recognised, homes, dims, kinds, padding, absorbing, readers } = plan;
  const { from: kept } = plan.kept;
  const { size, turn, inside, indexed } = locals;
  const names = new Map<NodeId, string>();
  const inlined = new Map<NodeId, Piece>();
  const running = new Set<Loop>();
  /** The name of a value where so many loops are open. */
  const nameAt = (id: NodeId, depth: number): string => {
    const base = names.get(id)!;
    const path = homes.get(id)!;
    return depth === 0
      ? base
      : `${base}_${path
          .slice(0, depth)
          .map(({ axis }) => turn(axis))
          .join("_")}`;
  };

  const read = (id: NodeId, path: Path, given: ReadonlyMap<string, string> = new Map()): Piece => {
    const home = homes.get(id)!;
    const common = commonDepth(home, path);
    const placeOf = (axis: Axis): string | undefined => {
      const place = given.get(axis.key) ?? (isOpen(path, axis) ? turn(axis) : undefined);
      return place === ":" ? undefined : place;
    };
    const carried = home.slice(0, common).findIndex(({ axis }) => placeOf(axis) !== turn(axis));
    const depth = carried < 0 ? common : carried;
    const inline = inlined.get(id);
    if (inline !== undefined && depth === home.length) return indexedBy(inline, id, home, depth, placeOf);
    if (!names.has(id) && depth === home.length && given.size === 0) return expressionOf(id, path);
    if (!names.has(id)) return indexedBy(expressionOf(id, home), id, home, depth, placeOf);
    return indexedBy(atom(nameAt(id, depth)), id, home, depth, placeOf);
  };
  const indexedBy = (
    piece: Piece,
    id: NodeId,
    home: Path,
    depth: number,
    placeOf: (axis: Axis) => string | undefined,
  ): Piece => {
    const left = withoutOpen(home.slice(0, depth), dims[id]!);
    if (piece.isNumber === true) return piece;
    const inLoop = depth < home.length;
    // A list of what stands along the loop's axis, while the loop runs; afterwards they are one tensor.
    const isList = inLoop && placeOf(home[depth]!.axis) !== undefined && running.has(home[depth]!);
    const list = isList ? `[${placeOf(home[depth]!.axis)!}]` : "";
    const rest = isList ? left.filter(({ key }) => key !== home[depth]!.axis.key) : left;
    const places = rest.map((axis) => placeOf(axis) ?? ":");
    while (places.at(-1) === ":") places.pop();
    const brackets = places.length === 0 ? "" : `[${places.join(", ")}]`;
    return list === "" && brackets === "" ? piece : atom(`${within(piece, "atom")}${list}${brackets}`);
  };

  const expressionOf = (id: NodeId, path: Path): Piece => {
    const { op } = node(id);
    const known = recognised.get(id);
    if (known !== undefined) return recognisedPiece(scribe, id, known, path);
    switch (op.tag) {
      case "constant":
        return constantPiece(op);
      case "parameter":
        return atom(setting.parameter(op.path));
      case "input":
        return atom(setting.input(op.name, dims[id]!, size));
      case "index":
        return locals.positions(op.axis).piece;
      case "length":
        return op.axis.tag === "time" ? locals.lengths(op.axis).piece : { ...atom(size(op.axis)), isNumber: true };
      case "map":
        return mapPiece(scribe, id, op.fn, path);
      case "reduce":
        return reducePiece(scribe, id, op, path);
      case "delay":
        return delayPiece(scribe, id, op, path);
      case "at":
        return atPiece(scribe, id, op, path);
      case "onehot":
        return onehotPiece(scribe, id, op, path);
      case "concat":
        return concatPiece(scribe, id, op, path);
      case "slice":
        return slicePiece(scribe, id, op, path);
      case "rename":
        return renamePiece(scribe, id, op, path);
      default:
        throw new CompilerFault("export", `${op.tag} is expanded before`);
    }
  };

  const masked = (id: NodeId, path: Path, text: string): string => {
    if (!isMasked(id)) return text;
    const mask = inside(paddedLoops(path), path)!;
    return `torch.where(${aligned(mask, withoutOpen(path, dims[id]!)).text}, ${text}, 0)`;
  };
  const isMasked = (id: NodeId): boolean => {
    const path = homes.get(id);
    // What is a part of something recognised stands nowhere.
    if (
      path === undefined ||
      path.length === 0 ||
      !kept.has(id) ||
      padding.isBounded(id) ||
      node(id).op.tag === "delay"
    )
      return false;
    const open = paddedLoops(path);
    const mine = withoutOpen(path, dims[id]!);
    return open.length > 0 && withoutOpen(path, maskDims(open)).every((axis) => hasAxis(mine, axis));
  };
  const paddedLoops = (path: Path): ReadonlyArray<Axis> => path.map(({ axis }) => axis).filter(isPadded);

  const scribe: Scribe = {
    circuit: plan.circuit,
    node,
    kind: (id) => kinds[id]!,
    padding,
    absorbs: (id) => absorbing.has(id),
    isZeroed: (id, axis) => isMasked(id) && isOpen(homes.get(id)!, axis),
    isRecognised: (id) => recognised.has(id),
    softmaxed: (id) => recognised.get(id)?.over,
    uses: (id) => readers(id).length,
    home: (id) => homes.get(id)!,
    dims: (id, path) => withoutOpen(path, dims[id]!),
    read,
    size,
    inside,
    lengths: (axis, path) => indexed(locals.lengths(axis), path),
    positions: (axis, path) => indexed(locals.positions(axis), path),
    turn,
    wholeLengths: locals.lengths,
    indexed,
    needs: setting.needs,
  };
  return { scribe, names, inlined, running, nameAt, expressionOf, masked };
};
