import { type Axis, firstOf, lengthAxes, sortAxes, unionAxes } from "../../circuit/axis.ts";
import { CompilerFault } from "../../fault.ts";
import { isPadded, maskDims } from "./dims.ts";
import { aligned } from "./layout.ts";
import { isOpen, type Path, withoutOpen } from "./loops.ts";
import type { Laid } from "./scribe.ts";
import type { Setting } from "./setting.ts";
import { atom, callOf, pieceOf, within } from "./text.ts";

/** What a function says before all else, where it is asked for: sizes, positions, and which of them exist. */
export interface Locals {
  readonly preamble: ReadonlyArray<string>;
  readonly isLocal: (name: string) => boolean;
  readonly size: (axis: Axis) => string;
  readonly lengths: (axis: Axis) => Laid;
  readonly positions: (axis: Axis) => Laid;
  readonly inside: (axes: ReadonlyArray<Axis>, path: Path) => Laid | undefined;
  /** The variable of the loop along an axis. */
  readonly turn: (axis: Axis) => string;
  /** A tensor made before all loops, where these stand. */
  readonly indexed: (laid: Laid, path: Path) => Laid;
}

export const newLocals = (setting: Pick<Setting, "names" | "length" | "needs" | "locals">): Locals => {
  const preamble: string[] = [];
  const known = new Map<string, Laid>();
  const own = new Set<string>();
  const loops = new Map<string, string>();
  const local = (key: string, wanted: string, make: () => Laid): Laid => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const { piece, dims } = make();
    const name = setting.names.fresh(wanted);
    preamble.push(`${name} = ${piece.text}`);
    own.add(name);
    const made = { piece: atom(name), dims };
    known.set(key, made);
    return made;
  };
  const size = (axis: Axis): string => {
    if (axis.tag === "feature") return String(axis.size);
    if (axis.tag === "batch") return setting.length("@batch");
    if (axis.extent.tag === "fixed") return String(axis.extent.size);
    const { name } = axis.extent;
    return local(`size ${name}`, `${setting.names.of(name)}_max`, () => ({
      piece: callOf(setting.needs("longest"), setting.length(name)),
      dims: [],
    })).piece.text;
  };
  const lengths = (axis: Axis): Laid => {
    if (axis.tag !== "time") throw new CompilerFault("export", `${axis.key} has no lengths`);
    if (axis.extent.tag === "fixed") return { piece: { ...atom(String(axis.extent.size)), isNumber: true }, dims: [] };
    return { piece: atom(setting.length(axis.extent.name)), dims: sortAxes(lengthAxes(axis)) };
  };
  const positions = (axis: Axis): Laid =>
    local(`positions ${axis.key}`, axis.tag === "time" ? `${setting.names.of(axis.key)}_position` : "component", () => {
      const first = firstOf(axis);
      const end =
        first === 0
          ? size(axis)
          : axis.tag === "time" && axis.extent.tag === "fixed"
            ? String(axis.extent.size + 1)
            : `${size(axis)} + 1`;
      return { piece: atom(`torch.arange(${first === 0 ? "" : "1, "}${end}, device=device)`), dims: [axis] };
    });
  const exists = (axis: Axis): Laid =>
    local(`inside ${axis.key}`, `${setting.names.of(axis.key)}_inside`, () => {
      const dims = maskDims([axis]);
      const [here, last] = [positions(axis), lengths(axis)].map((each) => within(aligned(each, dims), "or"));
      return { piece: pieceOf(`${here} <= ${last}`, "compare"), dims };
    });
  const turn = (axis: Axis): string => {
    const before = loops.get(axis.key) ?? setting.names.fresh(setting.names.of(axis.key));
    loops.set(axis.key, before);
    return before;
  };

  const indexed = ({ piece, dims }: Laid, path: Path): Laid => {
    const places = dims.map((axis) => (isOpen(path, axis) ? turn(axis) : ":"));
    while (places.at(-1) === ":") places.pop();
    const rest = withoutOpen(path, dims);
    const isWhole = places.length === 0;
    return { piece: isWhole ? piece : atom(`${within(piece, "atom")}[${places.join(", ")}]`), dims: rest };
  };
  return {
    preamble,
    isLocal: (name) => own.has(name) || setting.locals.has(name),
    size,
    lengths,
    positions,
    turn,
    indexed,
    inside: (axes, path) => {
      const masks = axes.filter(isPadded).map((axis) => indexed(exists(axis), path));
      if (masks.length === 0) return undefined;
      const all = unionAxes(...masks.map((mask) => mask.dims));
      const pieces = masks.map((mask) => aligned(mask, all));
      return {
        piece: pieces.reduce((one, other) => pieceOf(`${within(one, "and")} & ${within(other, "sum")}`, "and")),
        dims: all,
      };
    },
  };
};
