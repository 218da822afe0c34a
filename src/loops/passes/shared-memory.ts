import type { Optimisation } from "../../circuit/optimisation.ts";
import type { Buffer, BufferId, LoopProgram } from "../loops.ts";
import { lifetimesOf, type Span } from "../memory/lifetime.ts";
import { givesWay } from "../memory/overwriting.ts";
import { equalSizes, type Size, times } from "../size.ts";
import type { LoopPass } from "./pass.ts";

const overwriting: Optimisation = {
  name: "overwriting",
  description: "lets the value of a turn of a scan take the place of one that the turn is the last to read",
};

/**
 * Gives buffers that are never needed at once the same home. Large ones choose first, each the smallest home that has
 * room for it at all sizes of a batch.
 *
 * Nothing depends on what a fresh arena holds: a program writes all that it reads, padding too.
 */
export const sharedMemory: LoopPass = {
  name: "shared-memory",
  description: "lets values that are never needed at once stand in one place, one after the other",
  parts: [overwriting],
  run: (program, without) => shareHomes(program, without.has(overwriting.name) ? () => false : givesWay),
};

const shareHomes = (program: LoopProgram, makesWay: typeof givesWay): LoopProgram => {
  const { buffers } = program;
  const { spans, statements } = lifetimesOf(program);
  const follows = (old: BufferId, next: BufferId): boolean => {
    const [{ last }, { first }] = [spans[old]!, spans[next]!];
    return last < first || (last === first && makesWay(buffers, statements[last]!, old, next));
  };
  const homes: Home[] = [];
  const homeOf = new Map<BufferId, Home>();
  const sizes = buffers.map(usual);
  for (const id of buffers.map((_, i) => i).sort((a, b) => sizes[b]! - sizes[a]! || a - b)) {
    const mayShare = isShareable(spans[id]!) && !isDouble(buffers[id]!);
    const found = mayShare ? lastHome(homes, (home) => roomIn(home, id, buffers, spans, follows)) : undefined;
    const home = found?.home ?? { largest: id, members: [] };
    home.members.splice(found?.room ?? 0, 0, id);
    homeOf.set(id, home);
    if (mayShare && found === undefined) homes.push(home);
  }
  return { ...program, homes: numbered(buffers, homeOf) };
};

/** Members follow each other, in this order. */
interface Home {
  readonly largest: BufferId;
  readonly members: BufferId[];
}

/** Of a great many homes only the last are looked at, which have the most like sizes. */
const lastHome = (
  homes: ReadonlyArray<Home>,
  roomOf: (home: Home) => number | undefined,
): { readonly home: Home; readonly room: number } | undefined => {
  for (let at = homes.length - 1; at >= Math.max(0, homes.length - 256); at -= 1) {
    const room = roomOf(homes[at]!);
    if (room !== undefined) return { home: homes[at]!, room };
  }
  return undefined;
};

/** The place among the members of a home that a buffer can take. Those that touch its span must give it way, or it them. */
const roomIn = (
  { largest, members }: Home,
  id: BufferId,
  buffers: ReadonlyArray<Buffer>,
  spans: ReadonlyArray<Span>,
  follows: (old: BufferId, next: BufferId) => boolean,
): number | undefined => {
  const { first, last } = spans[id]!;
  let room = firstWhere(members, (other) => spans[other]!.last >= first);
  for (let at = room; at < members.length && spans[members[at]!]!.first <= last; at += 1) {
    if (follows(members[at]!, id)) room = at + 1;
    else if (!follows(id, members[at]!)) return undefined;
  }
  return fits(buffers[id]!, buffers[largest]!) ? room : undefined;
};

/** The first place from which on something holds. */
const firstWhere = <A>(items: ReadonlyArray<A>, holds: (item: A) => boolean): number => {
  let [from, to] = [0, items.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(items[middle]!)) to = middle;
    else from = middle + 1;
  }
  return from;
};

/** Homes in the order of their first buffers, so that what stood first stays first. */
const numbered = (buffers: ReadonlyArray<Buffer>, homeOf: ReadonlyMap<BufferId, Home>): ReadonlyArray<number> => {
  const numbers = new Map<Home, number>();
  return buffers.map((_, id) => {
    const home = homeOf.get(id)!;
    const number = numbers.get(home) ?? numbers.size;
    numbers.set(home, number);
    return number;
  });
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
