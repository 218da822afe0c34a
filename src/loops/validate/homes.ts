import type { BufferId, LoopProgram } from "../loops.ts";
import { batchesOf, dimsOf, turnsOf } from "./batches.ts";
import { type Needed, neededSpans, type Statement, statementsOf } from "./spans.ts";
import { clobbers } from "./trace.ts";

/**
 * Buffers in one home that are needed at once. Where one statement is the last to need the one and the first to need the
 * other, it is followed element by element.
 */
export const sharedHomes = (program: LoopProgram): ReadonlyArray<string> => {
  const { buffers, homes } = program;
  if (homes.length !== buffers.length) return [`${buffers.length} buffers have ${homes.length} homes`];
  const shared = [...new Set(homes)]
    .map((home) => buffers.map((_, id) => id).filter((id) => homes[id] === home))
    .filter((some) => some.length > 1);
  if (shared.length === 0) return [];
  const spans = neededSpans(program);
  const statements = statementsOf(program);
  return shared.flatMap((some) =>
    some.flatMap((one, at) =>
      some.slice(at + 1).flatMap((other) => {
        const names = `${buffers[one]!.name} and ${buffers[other]!.name}`;
        if (buffers[one]!.isDouble || buffers[other]!.isDouble) return [`${names} share a home, and one is of doubles`];
        if (follows(spans[one]!, spans[other]!) || follows(spans[other]!, spans[one]!)) return [];
        const ties = [
          [one, other],
          [other, one],
        ].filter(([old, next]) => spans[old!]!.last === spans[next!]!.first);
        if (ties.length === 0) return [`${names} share a home, and are needed at once`];
        return ties.some(([old, next]) => makesWay(program, statements[spans[next!]!.first]!, old!, next!))
          ? []
          : [`${names} share a home, and one overwrites what is left of the other`];
      }),
    ),
  );
};

const follows = (later: Needed, earlier: Needed): boolean => earlier.last < later.first;

/** Tried where rows and examples can be told apart. */
const makesWay = (program: LoopProgram, { loop, block }: Statement, old: BufferId, next: BufferId): boolean => {
  const batch = batchesOf(program)[program.lengths.length === 0 ? 1 : 2]!;
  const [dims] = turnsOf(program, program.blocks[block]!, batch);
  return !clobbers(loop, dims ?? dimsOf(program, batch), old, next);
};
