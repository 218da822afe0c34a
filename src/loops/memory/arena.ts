import { longestOf } from "../../circuit/block-count.ts";
import type { Buffer, LoopProgram } from "../loops.ts";
import { withSegmentDims } from "../segments/dims.ts";
import { evaluatedSize, type Size } from "../size.ts";

/** The dims of a program at the sizes of a batch. */
export const dimsAt = (
  { lengths, segments }: LoopProgram,
  sizes: { readonly batch: number; readonly lengths: Readonly<Record<string, number>> },
): ReadonlyArray<number> =>
  withSegmentDims([sizes.batch, ...lengths.map((name) => longestOf(sizes.lengths, name) ?? 0)], segments);

/** How many numbers the buffers of a program take in all, at these dims: what its plan gives. */
export const elementsOf = ({ buffers, homes }: LoopProgram, dims: ReadonlyArray<number>): number => {
  const numberOf = (size: Size) => evaluatedSize(size, dims);
  const before = ({ front, rowSize }: Buffer) => front * numberOf(rowSize);
  const after = ({ rows, back, rowSize }: Buffer) => (numberOf(rows) + back) * numberOf(rowSize);
  return [...new Set(homes)].reduce((total, home) => {
    const members = buffers.filter((_, id) => homes[id] === home);
    const needed = Math.max(...members.map(before)) + Math.max(...members.map(after));
    return total + Math.ceil(needed / 4) * 4;
  }, 0);
};
