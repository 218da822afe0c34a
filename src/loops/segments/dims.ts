import type { LengthNames } from "../size.ts";

/**
 * What a program knows of its segments, as dims after the batch and the lengths. The first three are fixed by those; the
 * others are those of the segment that is being computed.
 */
export interface SegmentDims {
  /** How many positions the longest segment has. */
  readonly extent: number;
  readonly segments: number;
  /** The first position of the last segment. */
  readonly last: number;
  /** The first position of a segment, how many it has, and its number: all from 0. */
  readonly start: number;
  readonly count: number;
  readonly number: number;
}

export const segmentDims = (lengths: LengthNames): SegmentDims => {
  const first = 1 + lengths.length;
  return {
    extent: first,
    segments: first + 1,
    last: first + 2,
    start: first + 3,
    count: first + 4,
    number: first + 5,
  };
};

export const segmentDimCount = 6;

/** How many of them have names in formulas. */
export const namedSegmentDims = 2;

/** What those of a segment's dims are called that buffers have. */
export const segmentDimNames = (length: number, of: string): ReadonlyArray<string> => [
  `min(${length}, ${of})`,
  `⌈${of}/${length}⌉`,
];

/** The dims of a batch, with those that its segments have before any is computed. */
export const withSegmentDims = (
  dims: ReadonlyArray<number>,
  segments: { readonly length: number; readonly dimension: number } | undefined,
): ReadonlyArray<number> => {
  if (segments === undefined) return dims;
  const extent = dims[segments.dimension]!;
  const count = Math.ceil(extent / segments.length);
  return [...dims, Math.min(segments.length, extent), count, (count - 1) * segments.length, 0, 0, 0];
};
