import { blockCountOf } from "../circuit/block-count.ts";
import type { Buffer, LoopProgram, Slot } from "../loops/loops.ts";
import type { Size } from "../loops/size.ts";
import { literal } from "./literal.ts";

/**
 * The lines of a `Program` object (program.ts) that are the same for every back end: all but `run`. `more` stretches
 * follow the buffers in the plan, each so many elements long.
 */
export const programObject = (
  { lengths, buffers, homes, leaves, results, segments }: LoopProgram,
  more: ReadonlyArray<string>,
): ReadonlyArray<string> => [
  `lengths: ${literal(lengths)},`,
  ...countedText(lengths),
  `plan: (${segments === undefined ? "d" : `e, d = ${segmentedDims(segments)}`}) => planOf([${[...buffers.map(printBuffer), ...more].join(", ")}], ${literal(homes)}),`,
  `leaves: ${literal(leaves.map((leaf) => ({ kind: leaf.kind, ...slot(leaf, lengths) })))},`,
  `results: ${literal(results.map((result) => ({ role: result.role, ...slot(result, lengths) })))},`,
];

const countedText = (lengths: ReadonlyArray<string>): ReadonlyArray<string> => {
  const counted = lengths.flatMap((name) => {
    const found = blockCountOf(name);
    return found === undefined ? [] : [{ name, ...found }];
  });
  return counted.length === 0 ? [] : [`counted: ${literal(counted)},`];
};

/** The dims `e` with those of segments after them, as in `segmentDims`. */
export const segmentedDims = ({ dimension, length }: NonNullable<LoopProgram["segments"]>): string => {
  const extent = `e[${dimension}]`;
  const count = `Math.ceil(${extent} / ${length})`;
  return `[...e, Math.min(${length}, ${extent}), ${count}, (${count} - 1) * ${length}, 0, 0, 0]`;
};

export const sizeText = ({ factor, dims }: Size): string =>
  dims.length === 0
    ? String(factor)
    : [...(factor === 1 ? [] : [String(factor)]), ...dims.map((d) => `d[${d}]`)].join(" * ");

/** The offset of a buffer is that of position 1, after the rows of its pad. */
const printBuffer = ({ rows, front, back, rowSize }: Buffer): string => {
  const row = sizeText(rowSize);
  const count = front + back === 0 ? sizeText(rows) : `(${sizeText(rows)} + ${front + back})`;
  return front === 0 ? `${count} * ${row}` : `[${count} * ${row}, ${front} * ${row}]`;
};

const slot = ({ name, buffer, start, axes }: Slot, lengths: ReadonlyArray<string>) => ({
  name,
  buffer,
  ...(start === 0 ? {} : { start }),
  extents: axes.map(({ extent }) =>
    extent.dims[0] === undefined ? extent.factor : (["@batch", ...lengths][extent.dims[0]] ?? ""),
  ),
  axes: axes.map(({ name, extent }) => (extent.dims[0] === 0 ? "@batch" : name)),
});
