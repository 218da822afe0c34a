import { type Block, type BufferId, isBackwards, type Loop, type LoopProgram } from "../loops.ts";
import { dimension } from "../size.ts";
import { type SegmentBuffers, segmentBuffers } from "./buffers.ts";
import {
  amongAll,
  besideInstead,
  besideSegment,
  copyRows,
  isOutermost,
  keptOfSegment,
  metBefore,
} from "./carried-rows.ts";
import { type SegmentDims, segmentDims } from "./dims.ts";
import { type Need, type Plan, planOf } from "./needs.ts";
import { type Item, itemsInOrder } from "./order.ts";
import type { Rows } from "./slice.ts";
import { cleared, copied, summedIn } from "./sums.ts";
import { unitsOf } from "./units.ts";

export interface Segmenting {
  /** The dim of the axis's extent. */
  readonly dimension: number;
  readonly length: number;
  /** The buffer of what a buffer's value is a copy of. */
  readonly originalOf: (buffer: BufferId) => BufferId | undefined;
  /** Whether sums that go on from segment to segment stand in double precision until they are done. */
  readonly sumsInDouble: boolean;
}

/**
 * The program with its passes over an axis taken segment by segment, so that what only a pass touches needs no more
 * rows than a segment has. Rows beside a segment come with it: of the segment before, or kept of an earlier pass. A
 * program whose passes cannot be taken apart stays as it is.
 */
export const inSegments = (program: LoopProgram, segmenting: Segmenting): LoopProgram => {
  const { length, originalOf, sumsInDouble } = segmenting;
  const dims = segmentDims(program.lengths);
  const rows: Rows = { program, extent: dimension(segmenting.dimension), dims };
  const units = unitsOf(rows);
  const plan = planOf(rows, units, length, originalOf);
  const items = plan === undefined ? undefined : itemsInOrder(units, plan);
  if (plan === undefined || items === undefined || items.every(({ tag }) => tag === "unit")) return program;
  const buffers = segmentBuffers(program, dims, plan, sumsInDouble ? summedBuffers(items) : []);
  const context: Context = { program, dims, length, plan, buffers };
  return {
    ...program,
    buffers: buffers.all,
    homes: buffers.all.map((_, id) => id),
    blocks: items.flatMap((item) => blocksOf(context, item)),
    segments: { dimension: segmenting.dimension, length },
  };
};

interface Context {
  readonly program: LoopProgram;
  readonly dims: SegmentDims;
  readonly length: number;
  readonly plan: Plan;
  readonly buffers: SegmentBuffers;
}

/** What holds sums that go on from segment to segment. */
const summedBuffers = (items: ReadonlyArray<Item>): ReadonlyArray<BufferId> => {
  const members = items.flatMap((item) => (item.tag === "pass" ? item.members : []));
  return [...new Set(members.flatMap(({ slice }) => slice?.sum?.result.buffer ?? []))];
};

const blocksOf = (context: Context, item: Item): ReadonlyArray<Block> => {
  if (item.tag === "unit") return [{ title: item.unit.title, body: item.unit.loops }];
  const { needs, shortIn } = context.plan;
  const { sumOf } = context.buffers;
  const pass = { number: item.pass, backwards: isBackwards(item.pass) };
  const sums = item.members.flatMap(({ slice }) => slice!.sum ?? []);
  const clear = sums.map((sum) => cleared(sum, sumOf(sum.result.buffer)));
  const done = sums.flatMap((sum) => {
    const stand = sumOf(sum.result.buffer);
    return stand === sum.result.buffer ? [] : [copied(sum, stand)];
  });
  const brought = needs.filter((need) => need.pass === item.pass).map((need) => rowsBeside(context, item, need));
  return [
    ...(clear.length === 0 ? [] : [{ title: "sums of segments", body: clear }]),
    { title: "beside a segment", body: brought, pass },
    ...item.members.map(({ title, slice }) => {
      const segment = slice!.segment((buffer) => shortIn(buffer) !== undefined);
      const { sum } = slice!;
      return { title, body: [sum === undefined ? segment : summedIn(segment, sumOf(sum.result.buffer))], pass };
    }),
    ...(done.length === 0 ? [] : [{ title: "sums of all segments", body: done }]),
  ];
};

/** What brings the rows beside a segment, and keeps them if a later pass needs them. */
const rowsBeside = (
  { program, dims, length, buffers: { keptOf } }: Context,
  { besides }: Extract<Item, { tag: "pass" }>,
  need: Need,
): Loop => {
  const { buffer, side, count, from } = need;
  const { rowSize } = program.buffers[buffer]!;
  const rows = { side, rowSize, count };
  const to = besideSegment(dims, rows, buffer);
  const earlier = from === undefined ? undefined : keptOf({ buffer: from, side });
  const source =
    from === undefined
      ? metBefore(rows, buffer, length)
      : earlier === undefined
        ? amongAll(dims, rows, from)
        : keptOfSegment(dims, rows, earlier.buffer, earlier.count);
  const later = from === undefined ? keptOf(need) : undefined;
  const boundary = besides.filter(({ beside }) => beside?.buffer === buffer && beside.side === side);
  return {
    tag: "if",
    condition: isOutermost(dims, side),
    then: boundary.flatMap(({ loops }) => loops.map(besideInstead(dims, rows, buffer))),
    else: [
      copyRows(rows, source, to),
      ...(later === undefined ? [] : [copyRows(rows, to, keptOfSegment(dims, rows, later.buffer, count))]),
    ],
  };
};
