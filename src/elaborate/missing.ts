import type { TimeAxis } from "../circuit/axis.ts";
import type { Position } from "../circuit/circuit.ts";
import { boundariesRead, resolveRead } from "./bounds.ts";
import { showPosition } from "./instantiate/position.ts";
import { type Inside, type Problem, type Within, writtenName } from "./problem.ts";
import { termsOf } from "./reachable.ts";
import type { System, Term, Variable } from "./system.ts";
import { readsOf } from "./term.ts";

/** Every reading outside an axis must find a boundary. */
export const missingBoundaries = (system: System): ReadonlyArray<Problem> => {
  const seen = new Set<string>();
  const lackingIn = (term: Term, within: Within): ReadonlyArray<Problem> =>
    readsOf(term).flatMap((read) => lacking(system, read, within, seen));
  return termsOf(system).flatMap(({ term, within }) => lackingIn(term, within));
};

const lacking = (
  system: System,
  read: Extract<Term, { readonly tag: "read" }>,
  within: Within,
  seen: Set<string>,
): ReadonlyArray<Problem> => {
  const resolved = resolveRead(system, read);
  const { axes } = resolved.variable;
  const variable = system.variables.get(read.path)!;
  const { origin, name, type } = variable;
  const isSymbol = type?.tag === "symbol";
  // What was given to a cell has no path but the name of the argument.
  const path = origin === "hidden" ? name : read.path;
  const open = boundariesRead(resolved).filter(({ boundary }) => boundary === undefined);
  // Corners are asked for when there are edges.
  const fewest = Math.min(...open.map(({ outside }) => outside.size));
  return open.flatMap(({ outside }) => {
    const at = axes.map((axis, slot) => (outside.has(slot) ? showPosition(axis, outside.get(slot)!) : axis.key));
    const missing = `${path}[${at.join(",")}]`;
    const key = `${read.path} ${missing}`;
    if (outside.size > fewest || seen.has(key)) return [];
    seen.add(key);
    const indices = writtenIndices(axes, outside, within);
    const argument = isArgument(variable, within)
      ? { argument: `${name}[${writtenIndices(axes, new Map(), within).join(",")}]` }
      : {};
    const edge =
      outside.size < 2
        ? {}
        : { corner: `${writtenName(path, within)}[${[indices[0], ...indices.slice(1).map(() => "_")].join(",")}]` };
    const written = `${writtenName(path, within)}[${indices.join(",")}]`;
    const { span } = read;
    return [
      { tag: "missingBoundary", span, name: path, boundary: missing, written, isSymbol, ...edge, ...argument, within },
    ];
  });
};

/** What a cell is given has no equation in it, so that a boundary is no statement of its own there. */
const isArgument = ({ origin, within: declared = [] }: Variable, within: Within): boolean =>
  origin === "hidden" && declared.length < within.length;

/**
 * What stands between the brackets in the text of the cell: its own letters, and positions from where it starts. It knows no
 * length of what its letters stand for, and so names no end of it.
 */
const writtenIndices = (
  axes: ReadonlyArray<TimeAxis>,
  outside: ReadonlyMap<number, Position>,
  [innermost]: Within,
): ReadonlyArray<string> =>
  axes.flatMap((axis, slot) => {
    const { riding, reversed, letters } = innermost?.inside ?? nothing;
    const position = outside.get(slot);
    if (position === undefined) return riding.has(axis.key) ? [] : [letters.get(axis.key) ?? axis.key];
    const own = reversed.has(axis.key) ? mirrored(position) : position;
    return [own.tag === "fromEnd" && letters.has(axis.key) ? "_" : showPosition(axis, own)];
  });

const nothing: Pick<Inside, "riding" | "reversed" | "letters"> = {
  riding: new Set(),
  reversed: new Set(),
  letters: new Map(),
};

/** The position that stands as far from the other end. */
const mirrored = (position: Position): Position =>
  position.tag === "fromStart"
    ? { tag: "fromEnd", offset: 1 - position.position }
    : { tag: "fromStart", position: 1 - position.offset };
