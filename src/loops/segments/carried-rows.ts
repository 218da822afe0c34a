import { addIndex, type BufferId, type Index, type Loop, type Scalar } from "../loops.ts";
import { withIndices } from "../loops-indices.ts";
import { call } from "../scalars.ts";
import { dimension, fixed, type Size, times } from "../size.ts";
import type { SegmentDims } from "./dims.ts";
import type { Side } from "./units.ts";

/** Rows on one side of a segment. */
export interface CarriedRows {
  readonly side: Side;
  readonly rowSize: Size;
  readonly count: number;
}

/** Where rows stand: in a buffer, from an index on. */
export interface RowsAt {
  readonly buffer: BufferId;
  readonly first: ReadonlyArray<Size>;
}

/** From the first row of a segment to the first of those beside it. */
const distanceTo = ({ count: positions }: SegmentDims, { side, rowSize, count }: CarriedRows): Size =>
  times(side === "front" ? fixed(-count) : dimension(positions), rowSize);

/** In a buffer that has only the rows of the segment. */
export const besideSegment = (dims: SegmentDims, rows: CarriedRows, buffer: BufferId): RowsAt => ({
  buffer,
  first: [distanceTo(dims, rows)],
});

/** In a buffer that has all positions. */
export const amongAll = (dims: SegmentDims, rows: CarriedRows, buffer: BufferId): RowsAt => ({
  buffer,
  first: [times(dimension(dims.start), rows.rowSize), distanceTo(dims, rows)],
});

/**
 * Where a pass has met them just before: the last rows of the segment before, which is a whole one of that length, or the
 * first ones of the segment after.
 */
export const metBefore = ({ side, rowSize, count }: CarriedRows, buffer: BufferId, length: number): RowsAt => ({
  buffer,
  first: side === "front" ? [times(fixed(length - count), rowSize)] : [],
});

/** Where so many rows on that side are kept for each segment: those next to it. */
export const keptOfSegment = (
  { number }: SegmentDims,
  { side, rowSize, count }: CarriedRows,
  buffer: BufferId,
  kept: number,
): RowsAt => ({
  buffer,
  first: [
    times(times(dimension(number), fixed(kept)), rowSize),
    times(fixed(side === "front" ? kept - count : 0), rowSize),
  ],
});

export const copyRows = ({ rowSize, count }: CarriedRows, from: RowsAt, to: RowsAt): Loop => {
  const element: Index = { terms: [{ variable: "element", stride: fixed(1) }], constant: [] };
  const at = ({ first }: RowsAt): Index => addIndex(element, { terms: [], constant: first });
  return {
    tag: "for",
    variable: "element",
    extent: { tag: "size", size: times(fixed(count), rowSize) },
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
  { side, rowSize }: CarriedRows,
  buffer: BufferId,
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
