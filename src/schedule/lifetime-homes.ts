import { lifetimesOf, type Span } from "./lifetime.ts";
import type { MakingWay } from "./lifetime-turns.ts";
import type { Buffer, BufferId, LoopProgram } from "./loops.ts";
import { equalSizes, type Size, times } from "./size.ts";

/**
 * Gives buffers that are never needed at once the same home. Large ones choose first, each the smallest home that has
 * room for it at all sizes of a batch.
 *
 * Nothing depends on what a fresh arena holds: a program writes all that it reads, padding too.
 */
export const shareHomes = (program: LoopProgram, { givesWay }: MakingWay): LoopProgram => {
  const { buffers } = program;
  const { spans, statements } = lifetimesOf(program);
  const follows = (old: BufferId, next: BufferId): boolean => {
    const [{ last }, { first }] = [spans[old]!, spans[next]!];
    return last < first || (last === first && givesWay(buffers, statements[last]!, old, next));
  };
  const homes: BufferId[][] = [];
  for (const id of buffers.map((_, i) => i).sort((a, b) => usual(buffers[b]!) - usual(buffers[a]!) || a - b)) {
    const home = homes.findLast(
      (members) =>
        isShareable(spans[id]!) &&
        !isDouble(buffers[id]!) &&
        !isDouble(buffers[members[0]!]!) &&
        fits(buffers[id]!, buffers[members[0]!]!) &&
        members.every((other) => follows(other, id) || follows(id, other)),
    );
    if (home === undefined) homes.push([id]);
    else home.push(id);
  }
  return { ...program, homes: numbered(buffers, homes) };
};

/** Homes in the order of their first buffers, so that what stood first stays first. */
const numbered = (
  buffers: ReadonlyArray<Buffer>,
  homes: ReadonlyArray<ReadonlyArray<BufferId>>,
): ReadonlyArray<number> => {
  const inOrder = [...homes].sort((a, b) => Math.min(...a) - Math.min(...b));
  return buffers.map((_, id) => inOrder.findIndex((members) => members.includes(id)));
};

/** What only a caller may read, or nobody writes, keeps a home of its own. */
const isShareable = ({ first, last }: Span): boolean => first >= 0 && last >= first;

/** A number of two elements begins at an even one: rows before a buffer in the same home might move it. */
const isDouble = (buffer: Buffer): boolean => buffer.isDouble === true;

/**
 * Whether a buffer is at no sizes larger than another: with the rows after it, or but for them if it is just as large.
 * One of the two is then the larger one at all sizes, so that the bytes of a place are a formula.
 */
const fits = (one: Buffer, other: Buffer): boolean => {
  const [small, large] = [sizeOf(one), sizeOf(other)];
  const rest = [...large.dims];
  const isPart = small.dims.every((dim) => {
    const at = rest.indexOf(dim);
    if (at !== -1) rest.splice(at, 1);
    return at !== -1;
  });
  const isAsLarge = equalSizes(small, large);
  return isPart && (isAsLarge || small.factor + one.back * one.rowSize.factor <= large.factor);
};

const sizeOf = ({ rows, rowSize }: Buffer): Size => times(rows, rowSize);

/** The size of a buffer in a batch whose every dimension is that of an ordinary one. */
const usual = (buffer: Buffer): number => {
  const { factor, dims } = sizeOf(buffer);
  return dims.reduce((product) => 32 * product, factor);
};
