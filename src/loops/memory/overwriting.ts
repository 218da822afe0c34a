import type { Buffer, BufferId, Index, Loop } from "../loops.ts";
import { equalSizes, type Size } from "../size.ts";
import { type Access, accessesIn, accessesTo, type Lifetimes, touching } from "./lifetime.ts";

/**
 * Whether `next` can stand where `old` stands although one loop is the last to touch the one and the first to touch the
 * other: each turn is the last to touch its own row of `old`, and does so before it writes that row of `next`.
 *
 * Invariant used: rows are the outermost axis of a buffer, so an index that moves by one row with the loop's variable
 * and is shifted by whole rows stays within the row that it names.
 */
export const givesWay = (
  buffers: ReadonlyArray<Buffer>,
  { loop }: Lifetimes["statements"][number],
  old: BufferId,
  next: BufferId,
): boolean => {
  const [one, other] = [buffers[old]!, buffers[next]!];
  if (loop.tag !== "for" || !equalSizes(one.rowSize, other.rowSize)) return false;
  const { rowSize } = one;
  const ahead = loop.descending ? -1 : 1;
  const touches = [...accessesTo(loop, old), ...accessesTo(loop, next)];
  const isInTime = ({ buffer, index, writes }: Access): boolean => {
    const shift = rowShift(index, loop.variable, rowSize);
    if (shift === undefined) return false;
    // Rows ahead are still the old buffer's, rows behind are the next one's already.
    return shift === 0 || (!writes && (buffer === old) === (Math.sign(shift) === ahead));
  };
  const isHere = ({ index }: Access) => rowShift(index, loop.variable, rowSize) === 0;
  return (
    touches.every(isInTime) &&
    turnMakesWay(loop.body, {
      variable: loop.variable,
      rowSize,
      old: { buffer: old, isHere },
      next: { buffer: next, isHere },
    })
  );
};

/** A place of one row, and what touches the value there before and what the next one. */
export interface Row {
  /** The variable that counts the turns. */
  readonly variable: string;
  readonly rowSize: Size;
  readonly old: RowOf;
  readonly next: RowOf;
}

/** A row of a buffer: which of what touches the buffer touches it. */
export interface RowOf {
  readonly buffer: BufferId;
  readonly isHere: (access: Access) => boolean;
}

/** Whether the statements of a turn are done with the old value of a row before they touch the next one. */
export const turnMakesWay = (statements: ReadonlyArray<Loop>, row: Row): boolean =>
  makesWay(statements, row, elementsMakeWay);

/** The same; `tie` decides where one statement touches both. */
const makesWay = (statements: ReadonlyArray<Loop>, row: Row, tie: (loop: Loop, row: Row) => boolean): boolean => {
  const touches = (one: RowOf) => (at: number) => accessesTo(statements[at]!, one.buffer).some(one.isHere);
  const last = touching(statements, row.old.buffer).findLast(touches(row.old));
  const first = touching(statements, row.next.buffer).find(touches(row.next));
  return last === undefined || first === undefined || last < first || (last === first && tie(statements[last]!, row));
};

/** Whether the loops inside a turn take both values element by element, and each element makes way. */
const elementsMakeWay = (loop: Loop, row: Row): boolean => isElementwise(loop, row) && elementMakesWay(loop, row);

const elementMakesWay = (loop: Loop, row: Row): boolean => {
  switch (loop.tag) {
    case "for":
      return makesWay(loop.body, row, elementMakesWay);
    case "if": {
      const asked = accessesIn({ ...loop, then: [], else: [] });
      return (
        !asked.some((access) => isNext(access, row)) &&
        [loop.then, loop.else].every((branch) => makesWay(branch, row, elementMakesWay))
      );
    }
    case "store":
      return loop.mode === "set" && isNext(accessesIn(loop).at(-1)!, row);
    case "let":
    case "letInteger":
    case "accumulator":
    case "accumulate":
    case "product":
      return false;
  }
};

const isNext = (access: Access, row: Row): boolean => access.buffer === row.next.buffer && row.next.isHere(access);

/** Whether all turns of the loops inside touch an element of their own, the same one of both values. */
const isElementwise = (loop: Loop, row: Row): boolean => {
  const keys = [row.old, row.next]
    .flatMap(({ buffer, isHere }) => accessesTo(loop, buffer).filter(isHere))
    .map((access) => elementKey(access, row));
  return keys.every((key) => key !== undefined && key === keys[0]);
};

/** How an index moves with each loop around it; undefined if it is not fixed by them all, and by nothing else. */
const elementKey = ({ index, around, isBlock }: Access, { variable, rowSize }: Row): string | undefined => {
  if (isBlock || index.constant.some((size) => size.factor !== 0 && wholeRows(size, rowSize) === 0)) return undefined;
  const inner = index.terms.filter((term) => term.variable !== variable);
  if (inner.length !== around.length || inner.length + 1 !== index.terms.length) return undefined;
  const parts = around.map((loop) => {
    const term = inner.find((each) => each.variable === loop.variable);
    return term === undefined || loop.extent.tag !== "size"
      ? undefined
      : `${sizeKey(term.stride)} x ${sizeKey(loop.extent.size)}`;
  });
  return parts.includes(undefined) ? undefined : parts.join();
};

/** By how many rows an index is away from the row that the variable counts; undefined if that is no fixed number. */
export const rowShift = ({ terms, constant }: Index, variable: string, rowSize: Size): number | undefined => {
  const moving = terms.filter((term) => term.variable === variable || equalSizes(term.stride, rowSize));
  if (moving.length !== 1 || moving[0]!.variable !== variable || !equalSizes(moving[0]!.stride, rowSize))
    return undefined;
  const shifts = constant.map((size) => wholeRows(size, rowSize));
  return shifts.reduce<number | undefined>(
    (sum, shift) => (sum === undefined || shift === undefined ? undefined : sum + shift),
    0,
  );
};

/** A part of an index in rows: 0 for what stays inside one, as a part of a vector does. */
export const wholeRows = (size: Size, rowSize: Size): number | undefined => {
  if (size.dims.length < rowSize.dims.length && size.dims.every((dim) => rowSize.dims.includes(dim))) return 0;
  if (size.dims.join() !== rowSize.dims.join()) return undefined;
  if (Math.abs(size.factor) < rowSize.factor) return 0;
  return size.factor % rowSize.factor === 0 ? size.factor / rowSize.factor : undefined;
};

const sizeKey = ({ factor, dims }: Size): string => [factor, ...dims].join("*");
