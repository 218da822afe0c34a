import { components } from "../../circuit/components.ts";
import type { Block, Buffer, BufferId, Loop, LoopProgram } from "../loops.ts";
import { dimension, fixed, times } from "../size.ts";
import { amongAll, besideInstead, besideSegment, copyRows, isOutermost, keptOfSegment, metBefore } from "./beside.ts";
import { segmentDims } from "./dims.ts";
import { type Need, planOf } from "./needs.ts";
import { isBackwards } from "./phases.ts";
import type { Rows } from "./slice.ts";
import { type Unit, unitsOf } from "./units.ts";

export interface Segmenting {
  /** The dim of the axis's extent. */
  readonly dimension: number;
  readonly length: number;
  /** The buffer of what a buffer's value is a copy of. */
  readonly originalOf: (buffer: BufferId) => BufferId | undefined;
}

/** What is done one after the other: a loop by itself, or a pass. */
type Item = { readonly tag: "unit"; readonly unit: Unit } | { readonly tag: "pass"; readonly pass: number };

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
  const passes = [...new Set(units.flatMap((unit) => plan?.passOf(unit) ?? []))].sort((a, b) => a - b);
  if (plan === undefined || passes.length === 0) return program;

  const { passOf, shortIn, needs } = plan;
  const buffers: Buffer[] = program.buffers.map((buffer, id) =>
    shortIn(id) === undefined ? buffer : { ...buffer, rows: dimension(dims.extent), front: 0, back: 0 },
  );
  for (const { buffer, side, count } of needs)
    buffers[buffer] = { ...buffers[buffer]!, [side]: Math.max(count, program.buffers[buffer]![side]) };
  const rowSizeOf = (buffer: BufferId) => program.buffers[buffer]!.rowSize;
  /** By the buffer that a later pass needs rows of, where they are kept for each segment. */
  const kept = new Map<string, BufferId>();
  for (const { from, side } of needs) {
    if (from === undefined || shortIn(from) === undefined || kept.has(`${from} ${side}`)) continue;
    const rowSize = times(fixed(countOf(needs, from, side)), rowSizeOf(from));
    const name = `${program.buffers[from]!.name} of segments`;
    kept.set(`${from} ${side}`, buffers.push({ name, rows: dimension(dims.segments), front: 0, back: 0, rowSize }) - 1);
  }

  const besides = units.filter(({ beside }) => beside !== undefined && shortIn(beside.buffer) !== undefined);
  /** What brings the rows beside a segment. */
  const brought = (need: Need): Loop => {
    const { buffer, side, count, from } = need;
    const rowSize = rowSizeOf(buffer);
    const to = besideSegment(dims, buffer, rowSize, side, count);
    const keptFrom = from === undefined ? undefined : kept.get(`${from} ${side}`);
    const source =
      from === undefined
        ? metBefore(buffer, rowSize, side, count, length)
        : keptFrom === undefined
          ? amongAll(dims, from, rowSize, side, count)
          : keptOfSegment(dims, keptFrom, rowSize, side, count, countOf(needs, from, side));
    const keep = kept.get(`${buffer} ${side}`);
    return {
      tag: "if",
      condition: isOutermost(dims, side),
      then: besides.flatMap(({ beside, loops }) =>
        beside!.buffer === buffer && beside!.side === side ? loops.map(besideInstead(dims, buffer, rowSize, side)) : [],
      ),
      else: [
        copyRows(to, source, rowSize, count),
        ...(keep === undefined
          ? []
          : [copyRows(keptOfSegment(dims, keep, rowSize, side, count, count), to, rowSize, count)]),
      ],
    };
  };

  const itemOf = (unit: Unit): string => {
    const pass = besides.includes(unit) ? shortIn(unit.beside!.buffer) : passOf(unit);
    return pass === undefined ? `unit ${units.indexOf(unit)}` : `pass ${pass}`;
  };
  const items = new Map<string, Item>();
  for (const unit of units) {
    const pass = besides.includes(unit) ? shortIn(unit.beside!.buffer) : passOf(unit);
    items.set(itemOf(unit), pass === undefined ? { tag: "unit", unit } : { tag: "pass", pass });
  }
  const before = new Map<string, Set<string>>([...items.keys()].map((key) => [key, new Set()]));
  units.forEach((later, at) => {
    for (const earlier of units.slice(0, at)) {
      const [one, other] = [itemOf(earlier), itemOf(later)];
      if (one !== other && areInConflict(earlier, later)) before.get(other)!.add(one);
    }
  });
  for (const { pass, from } of needs)
    for (const unit of from === undefined ? [] : units.filter(({ writes }) => writes.has(from)))
      if (itemOf(unit) !== `pass ${pass}`) before.get(`pass ${pass}`)!.add(itemOf(unit));
  const ordered = components([...items.keys()], (key) => [...before.get(key)!]);
  if (ordered.some((together) => together.length > 1)) return program;

  const blocksOf = (item: Item): ReadonlyArray<Block> => {
    if (item.tag === "unit") return [{ title: item.unit.title, body: item.unit.loops }];
    const pass = { number: item.pass, backwards: isBackwards(item.pass) };
    const members = units.filter((unit) => passOf(unit) === item.pass);
    const clear = members.flatMap(({ slice }) => slice!.before);
    return [
      ...(clear.length === 0 ? [] : [{ title: "sums of segments", body: clear }]),
      { title: "beside a segment", body: needs.filter((need) => need.pass === item.pass).map(brought), pass },
      ...members.map(({ title, slice }) => ({
        title,
        body: [slice!.segment((buffer) => shortIn(buffer) !== undefined)],
        pass,
      })),
    ];
  };
  return {
    ...program,
    buffers,
    homes: buffers.map((_, id) => id),
    blocks: ordered.flatMap(([key]) => blocksOf(items.get(key!)!)),
    segments: { dimension: segmenting.dimension, length },
  };
};

const countOf = (needs: ReadonlyArray<Need>, buffer: BufferId, side: Need["side"]): number =>
  needs.find((need) => need.buffer === buffer && need.side === side)!.count;

/** Rows beside a buffer are its own: who reads them comes after who writes them, and nothing else is in their way. */
const areInConflict = (earlier: Unit, later: Unit): boolean =>
  [...earlier.writes].some((id) => later.reads.has(id)) ||
  (later.beside === undefined &&
    [...later.writes].some((id) => earlier.reads.has(id) || (earlier.writes.has(id) && earlier.beside === undefined)));
