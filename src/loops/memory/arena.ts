import type { Buffer, LoopProgram } from "../loops.ts";
import { withSegmentDims } from "../segments/dims.ts";
import type { Size } from "../size.ts";

/** How many numbers the buffers of a program take in all, at the sizes of a batch: what its plan gives. */
export const elementsOf = (
  { buffers, homes, lengths, segments }: LoopProgram,
  sizes: { readonly batch: number; readonly lengths: Readonly<Record<string, number>> },
): number => {
  const dims = withSegmentDims([sizes.batch, ...lengths.map((name) => sizes.lengths[name] ?? 0)], segments);
  const numberOf = ({ factor, dims: own }: Size) => own.reduce((product, dim) => product * dims[dim]!, factor);
  const before = ({ front, rowSize }: Buffer) => front * numberOf(rowSize);
  const after = ({ rows, back, rowSize }: Buffer) => (numberOf(rows) + back) * numberOf(rowSize);
  return [...new Set(homes)].reduce((total, home) => {
    const members = buffers.filter((_, id) => homes[id] === home);
    const needed = Math.max(...members.map(before)) + Math.max(...members.map(after));
    return total + Math.ceil(needed / 4) * 4;
  }, 0);
};
