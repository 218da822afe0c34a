import { type BufferId, isBackwards } from "../loops.ts";
import { equalSizes } from "../size.ts";
import { isOfRows, type Rows, type Touch } from "./slice.ts";
import { added, type Side, type Unit } from "./units.ts";

/** Which units a pass takes segment by segment, and what the segments need beside their own rows. */
export interface Plan {
  /** The pass that a unit is a member of. */
  readonly passOf: (unit: Unit) => number | undefined;
  /** The pass that alone touches a buffer: only the rows of a segment need be there. */
  readonly shortIn: (buffer: BufferId) => number | undefined;
  readonly needs: ReadonlyArray<Need>;
}

/** Rows beside a segment that a pass reads: it has passed them already, or an earlier pass in the other direction has. */
export interface Need {
  readonly pass: number;
  readonly buffer: BufferId;
  readonly side: Side;
  readonly count: number;
  /** The buffer of the earlier pass, for what this pass has not met. */
  readonly from: BufferId | undefined;
}

/** The rows behind a segment, which its pass has met, stand on this side. */
const behind = (pass: number): Side => (isBackwards(pass) ? "back" : "front");

/** How the passes of a program are taken apart; undefined where they cannot be. */
export const planOf = (
  rows: Rows,
  units: ReadonlyArray<Unit>,
  length: number,
  originalOf: (buffer: BufferId) => BufferId | undefined,
): Plan | undefined => {
  const { buffers } = rows.program;
  const { passOf, shortIn, touching } = membersOf(rows, units);
  const order = new Map(units.map((unit, at) => [unit, at]));

  const carried = (need: Need): ReadonlyArray<Need> => (shortIn(need.buffer) === undefined ? [] : [need]);
  const restored = (need: Need): ReadonlyArray<Need> | undefined => {
    const { pass, buffer, side, count } = need;
    const from = originalOf(buffer);
    if (from === undefined || shortIn(buffer) === undefined || !isOfRows(rows, from)) return undefined;
    if (!equalSizes(buffers[from]!.rowSize, buffers[buffer]!.rowSize)) return undefined;
    const earlier = shortIn(from);
    // After the last segment but one there may be fewer positions than are read.
    if (earlier === undefined)
      return side === "back" && buffers[from]!.back < count - 1 ? undefined : [{ ...need, from }];
    return earlier < pass && behind(earlier) === side
      ? [
          { ...need, from },
          { ...need, pass: earlier, buffer: from },
        ]
      : undefined;
  };
  /** What a member needs for what it touches; undefined where its pass cannot have that. */
  const needsOf = (unit: Unit, pass: number, touch: Touch): ReadonlyArray<Need> | undefined => {
    const { buffer, writes, shift, stride } = touch;
    const others = touching(buffer).filter((other) => passOf(other) === pass);
    const writers = others.filter((other) => other.writes.has(buffer));
    if (writers.length === 0) return [];
    if (stride === undefined) return others.length > 1 ? undefined : [];
    const isAlike = (other: Touch) =>
      other.buffer !== buffer || (other.stride !== undefined && equalSizes(other.stride, stride));
    if (!others.every(({ slice }) => slice!.touches.every(isAlike))) return undefined;
    if (shift === undefined || (writes && shift !== 0)) return undefined;
    if (writes) return [];
    if (writers.every((writer) => order.get(writer)! > order.get(unit)!) || Math.abs(shift) > length) return undefined;
    const side = shift < 0 ? "front" : "back";
    const need = { pass, buffer, side, count: Math.abs(shift), from: undefined } as const;
    return shift === 0 ? [] : side === behind(pass) ? carried(need) : restored(need);
  };
  const found = units.flatMap((unit) => {
    const pass = passOf(unit);
    return pass === undefined ? [] : unit.slice!.touches.map((touch) => needsOf(unit, pass, touch));
  });
  return found.includes(undefined)
    ? undefined
    : { passOf, shortIn, needs: merged(found.flatMap((needs) => needs ?? [])) };
};

/** One need for each side of a buffer, of as many rows as are read there at most. */
const merged = (needs: ReadonlyArray<Need>): ReadonlyArray<Need> => {
  const bySide = new Map<string, Need>();
  for (const need of needs) {
    const key = `${need.buffer} ${need.side}`;
    const known = bySide.get(key) ?? need;
    bySide.set(key, { ...need, count: Math.max(need.count, known.count), from: need.from ?? known.from });
  }
  return [...bySide.values()];
};

const membersOf = (
  rows: Rows,
  units: ReadonlyArray<Unit>,
): Omit<Plan, "needs"> & { readonly touching: (buffer: BufferId) => ReadonlyArray<Unit> } => {
  const { buffers, leaves, results } = rows.program;
  const touching = new Map<BufferId, Unit[]>(buffers.map((_, id) => [id, []]));
  for (const unit of units) for (const id of new Set([...unit.reads, ...unit.writes])) touching.get(id)!.push(unit);
  /** What stays from segment to segment must be a sum; what nothing else touches need not stay. */
  const isMember = ({ loops, slice }: Unit): boolean => {
    const isSummed = (buffer: BufferId) => loops[0]?.tag === "product" || loops.flatMap(added).includes(buffer);
    const isKept = ({ buffer, writes, stride }: Touch) =>
      !writes || stride !== undefined || touching.get(buffer)!.length === 1 || isSummed(buffer);
    return slice?.touches.every(isKept) ?? false;
  };
  const members = new Map(units.filter(isMember).map((unit) => [unit, unit.phase!]));
  const isGivenOrWanted = new Set([...leaves, ...results].map(({ buffer }) => buffer));
  const shortIn = (buffer: BufferId): number | undefined => {
    const inside = touching.get(buffer)!.filter(({ beside }) => beside?.buffer !== buffer);
    const [first] = inside;
    const pass = first === undefined ? undefined : members.get(first);
    const isInRows = (unit: Unit) =>
      members.get(unit) === pass &&
      unit.slice!.touches.every((touch) => touch.buffer !== buffer || touch.shift !== undefined);
    const isShort = pass !== undefined && !isGivenOrWanted.has(buffer) && isOfRows(rows, buffer);
    return isShort && inside.every(isInRows) ? pass : undefined;
  };
  const known = new Map(buffers.map((_, id) => [id, shortIn(id)]));
  return {
    passOf: (unit) => members.get(unit),
    shortIn: (buffer) => known.get(buffer),
    touching: (buffer) => touching.get(buffer)!,
  };
};
