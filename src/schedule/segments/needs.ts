import type { BufferId } from "../loops.ts";
import { equalSizes, type Size } from "../size.ts";
import { isBackwards } from "./phases.ts";
import { isOfRows, type Rows } from "./slice.ts";
import { added, type Side, type Unit } from "./units.ts";

/** The members of each pass, and what their segments need of others; undefined where they cannot be taken apart. */
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

export const planOf = (
  rows: Rows,
  units: ReadonlyArray<Unit>,
  length: number,
  originalOf: (buffer: BufferId) => BufferId | undefined,
): Plan | undefined => {
  const { buffers, leaves, results } = rows.program;
  const touching = new Map<BufferId, Unit[]>(buffers.map((_, id) => [id, []]));
  for (const unit of units) for (const id of new Set([...unit.reads, ...unit.writes])) touching.get(id)!.push(unit);
  const isAlone = (buffer: BufferId) => touching.get(buffer)!.length === 1;
  const isMember = ({ loops, slice }: Unit): boolean => {
    if (slice === undefined) return false;
    const sums = loops.flatMap(added);
    return slice.touches.every(
      ({ buffer, writes, stride }) =>
        !writes || stride !== undefined || isAlone(buffer) || sums.includes(buffer) || loops[0]?.tag === "product",
    );
  };
  const members = new Map(units.flatMap((unit) => (isMember(unit) ? [[unit, unit.phase!] as const] : [])));
  const outside = new Set([...leaves, ...results].map(({ buffer }) => buffer));
  const shortIn = (buffer: BufferId): number | undefined => {
    if (outside.has(buffer) || !isOfRows(rows, buffer)) return undefined;
    const inside = touching.get(buffer)!.filter(({ beside }) => beside?.buffer !== buffer);
    const [first] = inside;
    const pass = first === undefined ? undefined : members.get(first);
    const isInRows = (unit: Unit) =>
      members.get(unit) === pass &&
      unit.slice!.touches.every((touch) => touch.buffer !== buffer || touch.shift !== undefined);
    return pass !== undefined && inside.every(isInRows) ? pass : undefined;
  };

  const needs = new Map<string, Need>();
  let isSound = true;
  const need = (wanted: Need): void => {
    const key = `${wanted.buffer} ${wanted.side}`;
    const known = needs.get(key);
    needs.set(key, { ...wanted, count: Math.max(wanted.count, known?.count ?? 0), from: wanted.from ?? known?.from });
  };
  const carried = (pass: number, buffer: BufferId, side: Side, count: number): void => {
    if (shortIn(buffer) !== undefined) need({ pass, buffer, side, count, from: undefined });
    if (count > length) isSound = false;
  };
  /** Rows that the pass meets later stand in the buffer of an earlier one, or are kept of it. */
  const restored = (pass: number, buffer: BufferId, side: Side, count: number): void => {
    const from = originalOf(buffer);
    const hasRows = from !== undefined && equalSizes(buffers[from]!.rowSize, buffers[buffer]!.rowSize);
    if (shortIn(buffer) === undefined || !hasRows || !isOfRows(rows, from) || count > length) {
      isSound = false;
      return;
    }
    const earlier = shortIn(from);
    if (earlier === undefined) {
      if (side === "back" && count > 1 && buffers[from]!.back < count - 1) isSound = false;
    } else if (earlier >= pass || behind(earlier) !== side) isSound = false;
    else carried(earlier, from, side, count);
    need({ pass, buffer, side, count, from });
  };

  const isAlike = ({ slice }: Unit, buffer: BufferId, by: Size): boolean =>
    slice!.touches.every(
      ({ buffer: other, stride }) => other !== buffer || (stride !== undefined && equalSizes(stride, by)),
    );

  const order = new Map(units.map((unit, at) => [unit, at]));
  for (const [unit, pass] of members) {
    for (const { buffer, writes, shift, stride } of unit.slice!.touches) {
      const others = touching.get(buffer)!.filter((other) => members.get(other) === pass);
      const writers = others.filter((other) => other.writes.has(buffer));
      if (writers.length === 0) continue;
      if (stride === undefined) {
        if (others.length > 1) isSound = false;
      } else if (!others.every((other) => isAlike(other, buffer, stride))) isSound = false;
      else if (shift === undefined || (writes && shift !== 0)) isSound = false;
      else if (!writes) {
        if (writers.every((writer) => order.get(writer)! > order.get(unit)!)) isSound = false;
        const side = shift < 0 ? "front" : "back";
        if (shift !== 0) (side === behind(pass) ? carried : restored)(pass, buffer, side, Math.abs(shift));
      }
    }
  }
  return isSound ? { passOf: (unit) => members.get(unit), shortIn, needs: [...needs.values()] } : undefined;
};
