import type { Block, Buffer, BufferId, Loop, LoopProgram } from "../loops.ts";
import { dimension, fixed, times } from "../size.ts";
import { amongAll, besideInstead, besideSegment, copyRows, isOutermost, keptOfSegment, metBefore } from "./beside.ts";
import { type SegmentDims, segmentDims } from "./dims.ts";
import { type Need, type Plan, planOf } from "./needs.ts";
import { type Item, itemsInOrder } from "./order.ts";
import { isBackwards } from "./phases.ts";
import type { Rows } from "./slice.ts";
import { unitsOf } from "./units.ts";

export interface Segmenting {
  /** The dim of the axis's extent. */
  readonly dimension: number;
  readonly length: number;
  /** The buffer of what a buffer's value is a copy of. */
  readonly originalOf: (buffer: BufferId) => BufferId | undefined;
}

/**
 * The program with its passes over an axis taken segment by segment, so that what only a pass touches needs no more
 * rows than a segment has. Rows beside a segment come with it: of the segment before, or kept of an earlier pass. A
 * program whose passes cannot be taken apart stays as it is.
 */
export const inSegments = (program: LoopProgram, segmenting: Segmenting): LoopProgram => {
  const { length, originalOf } = segmenting;
  const dims = segmentDims(program.lengths);
  const rows: Rows = { program, extent: dimension(segmenting.dimension), dims };
  const units = unitsOf(rows);
  const plan = planOf(rows, units, length, originalOf);
  const items = plan === undefined ? undefined : itemsInOrder(units, plan);
  if (plan === undefined || items === undefined || items.every(({ tag }) => tag === "unit")) return program;
  const { buffers, keptOf } = buffersOf(program, dims, plan);
  const context: Context = { program, dims, length, plan, keptOf };
  return {
    ...program,
    buffers,
    homes: buffers.map((_, id) => id),
    blocks: items.flatMap((item) => blocksOf(context, item)),
    segments: { dimension: segmenting.dimension, length },
  };
};

interface Context {
  readonly program: LoopProgram;
  readonly dims: SegmentDims;
  readonly length: number;
  readonly plan: Plan;
  readonly keptOf: (need: Pick<Need, "buffer" | "side">) => Kept | undefined;
}

/** Where rows beside each segment are kept for a later pass, and how many of them. */
interface Kept {
  readonly buffer: BufferId;
  readonly count: number;
}

/** The buffers, those of one pass shortened, and after them those that keep rows beside segments. */
const buffersOf = (
  program: LoopProgram,
  dims: SegmentDims,
  { shortIn, needs }: Plan,
): { readonly buffers: ReadonlyArray<Buffer>; readonly keptOf: Context["keptOf"] } => {
  const shortened = program.buffers.map((buffer, id): Buffer => {
    if (shortIn(id) === undefined) return buffer;
    const beside = (side: Need["side"]): number => {
      const need = needs.find((each) => each.buffer === id && each.side === side);
      return need === undefined ? 0 : Math.max(need.count, buffer[side]);
    };
    return { ...buffer, rows: dimension(dims.extent), front: beside("front"), back: beside("back") };
  });
  const isKept = ({ buffer, side }: Need) => needs.some(({ from, side: other }) => from === buffer && other === side);
  const kept = needs.filter((need) => need.from === undefined && isKept(need));
  const added = kept.map(({ buffer, count }): Buffer => {
    const { name, rowSize } = program.buffers[buffer]!;
    const rows = { rows: dimension(dims.segments), rowSize: times(fixed(count), rowSize) };
    return { name: `${name} of segments`, front: 0, back: 0, ...rows };
  });
  return {
    buffers: [...shortened, ...added],
    keptOf: ({ buffer, side }) => {
      const at = kept.findIndex((need) => need.buffer === buffer && need.side === side);
      return at === -1 ? undefined : { buffer: shortened.length + at, count: kept[at]!.count };
    },
  };
};

const blocksOf = (context: Context, item: Item): ReadonlyArray<Block> => {
  if (item.tag === "unit") return [{ title: item.unit.title, body: item.unit.loops }];
  const { needs, shortIn } = context.plan;
  const pass = { number: item.pass, backwards: isBackwards(item.pass) };
  const clear = item.members.flatMap(({ slice }) => slice!.before);
  const brought = needs.filter((need) => need.pass === item.pass).map((need) => rowsBeside(context, item, need));
  return [
    ...(clear.length === 0 ? [] : [{ title: "sums of segments", body: clear }]),
    { title: "beside a segment", body: brought, pass },
    ...item.members.map(({ title, slice }) => ({
      title,
      body: [slice!.segment((buffer) => shortIn(buffer) !== undefined)],
      pass,
    })),
  ];
};

/** What brings the rows beside a segment, and keeps them if a later pass needs them. */
const rowsBeside = (
  { program, dims, length, keptOf }: Context,
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
