import { addIndex, type BufferId, type Index, type Loop, type Scalar } from "../loops.ts";
import { withIndices } from "../loops-indices.ts";
import { call } from "../scalar.ts";
import { dimension, fixed, type Size, times } from "../size.ts";
import type { SegmentDims } from "./dims.ts";
import type { Side } from "./units.ts";

/** Where rows stand: in a buffer, from an index on. */
export interface RowsAt {
  readonly buffer: BufferId;
  readonly first: ReadonlyArray<Size>;
}

/** The rows on one side of a segment, of a buffer that has only those of the segment. */
export const besideSegment = (
  { count }: SegmentDims,
  buffer: BufferId,
  rowSize: Size,
  side: Side,
  rows: number,
): RowsAt => ({
  buffer,
  first: [side === "front" ? times(fixed(-rows), rowSize) : times(dimension(count), rowSize)],
});

/**
 * The rows that a pass has met just before: the last ones of the segment before, which is a whole one, or the first ones
 * of the segment after.
 */
export const metBefore = (buffer: BufferId, rowSize: Size, side: Side, rows: number, length: number): RowsAt => ({
  buffer,
  first: side === "front" ? [times(fixed(length - rows), rowSize)] : [],
});

/** The same rows of a buffer that has all positions. */
export const amongAll = (
  { start, count }: SegmentDims,
  buffer: BufferId,
  rowSize: Size,
  side: Side,
  rows: number,
): RowsAt => ({
  buffer,
  first: [
    times(dimension(start), rowSize),
    side === "front" ? times(fixed(-rows), rowSize) : times(dimension(count), rowSize),
  ],
});

/** The rows next to it where more of them are kept for each segment. */
export const keptOfSegment = (
  { number }: SegmentDims,
  buffer: BufferId,
  rowSize: Size,
  side: Side,
  rows: number,
  kept: number,
): RowsAt => ({
  buffer,
  first: [
    times(times(dimension(number), fixed(kept)), rowSize),
    times(fixed(side === "front" ? kept - rows : 0), rowSize),
  ],
});

export const copyRows = (to: RowsAt, from: RowsAt, rowSize: Size, rows: number): Loop => {
  const element: Index = { terms: [{ variable: "element", stride: fixed(1) }], constant: [] };
  const at = ({ first }: RowsAt): Index => addIndex(element, { terms: [], constant: first });
  return {
    tag: "for",
    variable: "element",
    extent: { tag: "size", size: times(fixed(rows), rowSize) },
    descending: false,
    body: [
      {
        tag: "store",
        buffer: to.buffer,
        index: at(to),
        value: { tag: "load", buffer: from.buffer, index: at(from) },
        mode: "set",
      },
    ],
  };
};

/** A loop that writes beside all positions, writing beside those of the segment at hand, which has the first or the last. */
export const besideInstead = (
  { start }: SegmentDims,
  buffer: BufferId,
  rowSize: Size,
  side: Side,
): ((loop: Loop) => Loop) =>
  withIndices((other, index) =>
    other !== buffer || side === "front"
      ? index
      : addIndex(index, { terms: [], constant: [times(times(fixed(-1), dimension(start)), rowSize)] }),
  );

/** Whether the segment at hand has no other one on a side. */
export const isOutermost = ({ start, last }: SegmentDims, side: Side): Scalar =>
  call(
    "equal",
    { tag: "size", size: dimension(start) },
    side === "front" ? { tag: "number", value: 0 } : { tag: "size", size: dimension(last) },
  );
