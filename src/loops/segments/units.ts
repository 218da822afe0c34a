import { innerOf } from "../inner.ts";
import type { BufferId, Index, Loop } from "../loops.ts";
import { accessesIn } from "../memory/lifetime.ts";
import { wholeRows } from "../memory/overwriting.ts";
import type { Size } from "../size.ts";
import { isOfRows, type Rows, type Slice, sliceOf } from "./slice.ts";

/** An outermost loop of a program, or all of a block that share values, and what they have to do with segments. */
export interface Unit {
  readonly title: string;
  readonly loops: ReadonlyArray<Loop>;
  /** The pass that it is part of, and how a segment of it is computed, where it can be. */
  readonly phase: number | undefined;
  readonly slice: Slice | undefined;
  /** The rows beside a buffer that it writes. */
  readonly beside: Beside | undefined;
  readonly reads: ReadonlySet<BufferId>;
  readonly writes: ReadonlySet<BufferId>;
}

export interface Beside {
  readonly buffer: BufferId;
  readonly side: Side;
}

export type Side = "front" | "back";

export const unitsOf = (rows: Rows): ReadonlyArray<Unit> =>
  rows.program.blocks.flatMap(({ title, phase, body }) =>
    (body.some(isLocal) ? [body] : body.map((loop) => [loop])).map((loops) => unitOf(rows, title, phase, loops)),
  );

/** What the loops after it read. */
const isLocal = ({ tag }: Loop): boolean => tag === "let" || tag === "letInteger" || tag === "accumulator";

const unitOf = (rows: Rows, title: string, phase: number | undefined, loops: ReadonlyArray<Loop>): Unit => {
  const accesses = loops.flatMap((loop) => accessesIn(loop));
  const [loop] = loops;
  const isOne = loop !== undefined && loops.length === 1;
  const named = (writes: boolean) =>
    new Set(accesses.filter((access) => access.writes === writes).map(({ buffer }) => buffer));
  return {
    title,
    loops,
    phase,
    slice: !Number.isInteger(phase) || !isOne ? undefined : sliceOf(rows, loop),
    beside: isOne ? besideOf(rows, loop) : undefined,
    reads: new Set([...named(false), ...loops.flatMap(added)]),
    writes: named(true),
  };
};

/** What a loop adds to: it reads that too. */
export const added = (loop: Loop): ReadonlyArray<BufferId> => {
  switch (loop.tag) {
    case "store":
      return loop.mode === "set" ? [] : [loop.buffer];
    case "product":
      return loop.accumulate ? [loop.result.buffer] : [];
    default:
      return innerOf(loop).flatMap(added);
  }
};

const besideOf = (rows: Rows, loop: Loop): Beside | undefined => {
  const written = accessesIn(loop).filter(({ writes }) => writes);
  const [first] = written;
  if (first === undefined || !isOfRows(rows, first.buffer)) return undefined;
  const { rowSize } = rows.program.buffers[first.buffer]!;
  const side = sideOf(rows, first.index, rowSize);
  const isAlike = written.every(
    ({ buffer, index }) => buffer === first.buffer && sideOf(rows, index, rowSize) === side,
  );
  return side !== undefined && isAlike ? { buffer: first.buffer, side } : undefined;
};

/** Whether an index names a row before the first one, or after the last. */
const sideOf = ({ extent }: Rows, { terms, constant }: Index, rowSize: Size): Side | undefined => {
  const isRow = ({ stride }: Index["terms"][number]) => wholeRows(stride, rowSize) !== 0;
  if (terms.some(isRow)) return undefined;
  const [axis] = extent.dims as [number];
  if (constant.some(({ dims }) => dims.includes(axis))) return "back";
  return constant.some((size) => (wholeRows(size, rowSize) ?? 0) < 0) ? "front" : undefined;
};
