import { innerOf } from "../inner.ts";
import type { Block, Buffer, BufferId, Count, For, Loop, LoopProgram } from "../loops.ts";
import { withVariable } from "../loops-indices.ts";
import { type Access, accessesIn, accessesTo } from "../memory/lifetime.ts";
import { rowShift } from "../memory/overwriting.ts";
import { equalSizes } from "../size.ts";
import type { LoopPass } from "./pass.ts";

/**
 * Adds up in a scan what is summed over its turns: a turn's row is still in the cache then, and need not be kept if only
 * the sum reads it. The terms of each sum keep their order.
 */
export const joinedSums: LoopPass = {
  name: "sums-in-scans",
  description: "adds up in a scan what is summed over its turns, while a turn's values are at hand",
  run: (program) => joinSums(program),
};

const joinSums = (program: LoopProgram): LoopProgram => {
  if (program.segments !== undefined) return program;
  const blocks: Block[] = [];
  // The last of them that touches each buffer, and the last that writes it.
  const [touching, writing] = [new Map<BufferId, number>(), new Map<BufferId, number>()];
  for (const block of program.blocks) {
    const sum = sumIn(block);
    const at = sum === undefined ? -1 : lastOf([...sum.results], touching, lastOf([...sum.reads], writing));
    const host = at === -1 ? undefined : joined(blocks[at]!, sum!, program.buffers);
    const place = host === undefined ? blocks.length : at;
    blocks[place] = host ?? block;
    for (const { buffer, writes } of block.body.flatMap((loop) => accessesIn(loop))) {
      touching.set(buffer, Math.max(place, touching.get(buffer) ?? -1));
      if (writes) writing.set(buffer, Math.max(place, writing.get(buffer) ?? -1));
    }
  }
  return { ...program, blocks };
};

const lastOf = (buffers: ReadonlyArray<BufferId>, places: ReadonlyMap<BufferId, number>, least = -1): number =>
  Math.max(least, ...buffers.map((buffer) => places.get(buffer) ?? -1));

/** The last block that has to do with a sum, with the sum in its loop, if that may be. */
const joined = (host: Block, sum: Sum, buffers: ReadonlyArray<Buffer>): Block | undefined => {
  const scan = host.body.at(-1);
  if (scan === undefined || !isSameLoop(scan, sum.loop)) return undefined;
  const writesTo = (id: BufferId) => accessesTo(scan, id).filter(({ writes }) => writes);
  if ([...sum.results].some((id) => accessesTo(scan, id).length > 0)) return undefined;
  if ([...sum.reads].every((id) => writesTo(id).length === 0)) return undefined;
  const isReady = [...sum.reads].every((id) => {
    const rows = buffers[id]!.rowSize;
    const isOwnRow =
      ({ variable }: For) =>
      ({ index }: Access): boolean =>
        rowShift(index, variable, rows) === 0;
    const writes = writesTo(id);
    return writes.length === 0 || (writes.every(isOwnRow(scan)) && accessesTo(sum.loop, id).every(isOwnRow(sum.loop)));
  });
  if (!isReady) return undefined;
  const turn = sum.loop.body.map(withVariable(sum.loop.variable, scan.variable));
  return {
    ...host,
    body: [...host.body.slice(0, -1), ...sum.clear, { ...scan, body: [...scan.body, ...turn] }],
    joined: [...(host.joined ?? []), sum.statement],
  };
};

interface Sum {
  readonly statement: number;
  /** What its results begin with. */
  readonly clear: ReadonlyArray<Loop>;
  readonly loop: For;
  readonly reads: ReadonlySet<BufferId>;
  readonly results: ReadonlySet<BufferId>;
}

/** A block that clears its results and then adds to them in each turn of one loop. */
const sumIn = ({ body, statement }: Block): Sum | undefined => {
  const [clear, loop] = [body.slice(0, -1), body.at(-1)];
  if (statement === undefined || loop?.tag !== "for" || !isAddingUp(loop)) return undefined;
  const touched = accessesIn(loop);
  const some = (written: boolean) =>
    new Set(touched.filter(({ writes }) => writes === written).map(({ buffer }) => buffer));
  const [reads, results] = [some(false), some(true)];
  const isClear = clear.every((each) => accessesIn(each).every(({ buffer, writes }) => writes && results.has(buffer)));
  return isClear && [...results].every((id) => !reads.has(id)) ? { statement, clear, loop, reads, results } : undefined;
};

/** Whether nothing is written but by adding to it, or by taking the greater. */
const isAddingUp = (loop: Loop): boolean => {
  switch (loop.tag) {
    case "for":
    case "if":
      return innerOf(loop).every(isAddingUp);
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
