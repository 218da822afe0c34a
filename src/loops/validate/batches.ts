import type { Block, LoopProgram } from "../loops.ts";
import { segmentDimCount, segmentDims, withSegmentDims } from "../segments/dims.ts";
import type { Size } from "../size.ts";

/**
 * The sizes of a batch by which a program is tried: its dims, in a pass those of the segment at hand too. Extents and
 * strides are monomials in them: two that differ, differ where all dims are different primes.
 */
export type Dims = ReadonlyArray<number>;

const primes = [3, 5, 7, 11, 13, 17, 19, 23];

/** A few batches: without positions, with one everywhere, and with different numbers of them, up and down. */
export const batchesOf = ({ lengths, segments }: LoopProgram): ReadonlyArray<Dims> => {
  const upwards = lengths.map((_, i) => primes[i % primes.length]!);
  const long = upwards.toReversed();
  // More than two segments, the last of which is shorter.
  if (segments !== undefined) long[segments.dimension - 1] = 2 * segments.length + 1;
  const some = [
    [1, ...lengths.map(() => 0)],
    [1, ...lengths.map(() => 1)],
    [2, ...upwards],
    [4, ...long],
  ];
  return lengths.length === 0 ? [[1], [2]] : some;
};

export const numberAt =
  (dims: Dims) =>
  ({ factor, dims: own }: Size): number =>
    // A dim that is not known is no number.
    own.length === 0 ? factor : own.reduce((product, dim) => product * (dims[dim] ?? Number.NaN), factor);

/** The dims of a batch in which the sizes of buffers are told, and those in which the loops of a block run. */
export const dimsOf = (program: LoopProgram, batch: Dims): Dims => withSegmentDims(batch, program.segments);

/** The dims that a block is run with: of a pass, those of its first, second and last segment. */
export const turnsOf = (program: LoopProgram, { pass }: Pick<Block, "pass">, batch: Dims): ReadonlyArray<Dims> => {
  const { segments, lengths } = program;
  const dims = dimsOf(program, batch);
  if (pass === undefined || segments === undefined) return [dims];
  const { start, count, number, segments: several } = segmentDims(lengths);
  const last = dims[several]! - 1;
  const turns = [...new Set([0, 1, last])].filter((turn) => turn >= 0 && turn <= last);
  return turns.map((turn) =>
    dims
      .with(start, turn * segments.length)
      .with(count, Math.min(segments.length, batch[segments.dimension]! - turn * segments.length))
      .with(number, turn),
  );
};

/** How many dims are known to a block. */
export const dimCount = ({ lengths, segments }: LoopProgram, { pass }: Pick<Block, "pass">): number =>
  1 + lengths.length + (segments === undefined ? 0 : pass === undefined ? segmentDimCount / 2 : segmentDimCount);
