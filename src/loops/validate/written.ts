import { innerOf } from "../inner.ts";
import type { BufferId, Loop, LoopProgram } from "../loops.ts";
import { runsOf } from "../segments/runs.ts";
import { readIn, scalarsOf, touchesIn, touchesOf } from "./touches.ts";

/**
 * What is read, or added to, before anything has been written there: a program may read what the caller gives and what
 * it has written itself, and nothing else of its arena. In a loop another turn may have written it.
 */
export const readUnwritten = ({ blocks, buffers, leaves }: LoopProgram): ReadonlyArray<string> => {
  const written = new Set(leaves.map(({ buffer }) => buffer));
  return runsOf(blocks).flatMap(({ pass, members }) => {
    // Segments are turns of a loop.
    if (pass !== undefined)
      for (const buffer of touchesOf(members.flatMap((at) => blocks[at]!.body)).sets) written.add(buffer);
    return members.flatMap((at) => {
      const { title, body } = blocks[at]!;
      return [...new Set(body.flatMap((loop) => unwrittenIn(loop, written)))].map(
        (buffer) => `${title}: ${buffers[buffer]?.name} is read before it is written`,
      );
    });
  });
};

/** What a loop reads that is not among the written ones, to which it adds what it writes. */
const unwrittenIn = (loop: Loop, written: Set<BufferId>): ReadonlyArray<BufferId> => {
  if (loop.tag === "for") for (const buffer of touchesOf(loop.body).sets) written.add(buffer);
  const own = touchesIn(loop);
  const isLeast = innerOf(loop).length === 0;
  const read = [...scalarsOf(loop).flatMap(readIn), ...(isLeast ? [...own.reads, ...own.adds] : [])];
  const missing = read.filter((buffer) => !written.has(buffer));
  const inside = innerOf(loop).flatMap((inner) => unwrittenIn(inner, written));
  if (isLeast) for (const buffer of own.sets) written.add(buffer);
  return [...missing, ...inside];
};
