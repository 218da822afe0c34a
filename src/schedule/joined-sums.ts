import { type Access, accessesIn, accessesTo } from "./lifetime.ts";
import { rowShift } from "./lifetime-turns.ts";
import type { Block, Buffer, BufferId, Count, Loop, LoopProgram } from "./loops.ts";
import { withVariable } from "./loops-indices.ts";
import { equalSizes } from "./size.ts";

type For = Extract<Loop, { tag: "for" }>;

/**
 * Adds up in a scan what is summed over its turns: a turn's row is still in the cache then, and need not be kept if only
 * the sum reads it. The terms of each sum keep their order.
 */
export const joinSums = (program: LoopProgram): LoopProgram => {
  if (program.segments !== undefined) return program;
  const blocks = program.blocks.reduce<ReadonlyArray<Block>>(
    (before, block) => joined(before, block, program.buffers) ?? [...before, block],
    [],
  );
  return { ...program, blocks };
};

/** The blocks before a sum with the sum in the last of them that has to do with it, if that may be. */
const joined = (
  blocks: ReadonlyArray<Block>,
  block: Block,
  buffers: ReadonlyArray<Buffer>,
): ReadonlyArray<Block> | undefined => {
  const sum = sumIn(block);
  if (sum === undefined || block.statement === undefined) return undefined;
  const { reads, results } = sum;
  const makes = (loop: Loop) => accessesIn(loop).some(({ buffer, writes }) => writes && reads.has(buffer));
  const touches = (loop: Loop) => accessesIn(loop).some(({ buffer }) => results.has(buffer));
  const at = blocks.findLastIndex(({ body }) => body.some((loop) => makes(loop) || touches(loop)));
  const host = blocks[at];
  const scan = host?.body.at(-1);
  if (host === undefined || scan === undefined || !isSameLoop(scan, sum.loop)) return undefined;
  if (!makes(scan) || touches(scan)) return undefined;
  const isReady = [...reads].every((id) => {
    const rows = buffers[id]!.rowSize;
    const isOwnRow =
      ({ variable }: For) =>
      ({ index }: Access): boolean =>
        rowShift(index, variable, rows) === 0;
    const writes = accessesTo(scan, id).filter((access) => access.writes);
    return writes.length === 0 || (writes.every(isOwnRow(scan)) && accessesTo(sum.loop, id).every(isOwnRow(sum.loop)));
  });
  if (!isReady) return undefined;
  const turn = sum.loop.body.map(withVariable(sum.loop.variable, scan.variable));
  return blocks.with(at, {
    ...host,
    body: [...host.body.slice(0, -1), ...sum.clear, { ...scan, body: [...scan.body, ...turn] }],
    joined: [...(host.joined ?? []), block.statement],
  });
};

interface Sum {
  /** What its results begin with. */
  readonly clear: ReadonlyArray<Loop>;
  readonly loop: For;
  readonly reads: ReadonlySet<BufferId>;
  readonly results: ReadonlySet<BufferId>;
}

/** A block that clears its results and then adds to them in each turn of one loop. */
const sumIn = ({ body }: Block): Sum | undefined => {
  const [clear, loop] = [body.slice(0, -1), body.at(-1)];
  if (loop?.tag !== "for" || !isAddingUp(loop)) return undefined;
  const touched = accessesIn(loop);
  const some = (written: boolean) =>
    new Set(touched.filter(({ writes }) => writes === written).map(({ buffer }) => buffer));
  const [reads, results] = [some(false), some(true)];
  const isClear = clear.every((each) => accessesIn(each).every(({ buffer, writes }) => writes && results.has(buffer)));
  return isClear && [...results].every((id) => !reads.has(id)) ? { clear, loop, reads, results } : undefined;
};

/** Whether nothing is written but by adding to it, or by taking the greater. */
const isAddingUp = (loop: Loop): boolean => {
  switch (loop.tag) {
    case "for":
      return loop.body.every(isAddingUp);
    case "if":
      return [...loop.then, ...loop.else].every(isAddingUp);
    case "store":
      return loop.mode !== "set";
    case "product":
      return false;
    case "let":
    case "letInteger":
    case "accumulator":
    case "accumulate":
      return true;
  }
};

const isSameLoop = (one: Loop, other: For): one is For =>
  one.tag === "for" && one.descending === other.descending && equalCounts(one.extent, other.extent);

const equalCounts = (a: Count, b: Count): boolean => a.tag === "size" && b.tag === "size" && equalSizes(a.size, b.size);
