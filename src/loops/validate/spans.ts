import { innerOf } from "../inner.ts";
import type { BufferId, Loop, LoopProgram } from "../loops.ts";
import { runsOf } from "../segments/runs.ts";
import { batchesOf, turnsOf } from "./batches.ts";
import { readIn, scalarsOf, touchesBuffer, touchesIn } from "./touches.ts";
import { readsFirst } from "./trace.ts";

/** An outermost statement, by its place among all of them, and the block that it stands in. */
export interface Statement {
  readonly loop: Loop;
  readonly block: number;
}

/** From the first statement that needs a buffer's place to the last. */
export interface Needed {
  readonly first: number;
  readonly last: number;
}

export const statementsOf = ({ blocks }: LoopProgram): ReadonlyArray<Statement> =>
  blocks.flatMap(({ body }, block) => body.map((loop) => ({ loop, block })));

/**
 * How long each buffer is needed. What the caller gives is needed always, and a result from its first value on. Segments
 * are turns: what one leaves for the next is needed in all of them, as is what stands beside the pass too.
 */
export const neededSpans = (program: LoopProgram): ReadonlyArray<Needed> => {
  const statements = statementsOf(program);
  const places = new Map<BufferId, number[]>();
  statements.forEach(({ loop }, at) => {
    const { reads, sets, adds } = touchesIn(loop);
    for (const buffer of new Set([...reads, ...sets, ...adds])) places.set(buffer, [...(places.get(buffer) ?? []), at]);
  });
  const given = new Set(program.leaves.map(({ buffer }) => buffer));
  const wanted = new Set(program.results.map(({ buffer }) => buffer));
  const passes = passesOf(program, statements);
  return program.buffers.map((_, buffer) => {
    const touched = places.get(buffer) ?? [];
    const [first, last] = [touched[0], touched.at(-1)];
    if (first === undefined || last === undefined) return { first: -1, last: -1 };
    const within = passes.filter(({ from, to }) => first <= to && last >= from);
    const whole = within.filter(
      ({ from, to }) => first < from || last > to || isCarried(program, statements[first]!, buffer),
    );
    return {
      first: given.has(buffer) ? -1 : Math.min(first, ...whole.map(({ from }) => from)),
      last: given.has(buffer) || wanted.has(buffer) ? Infinity : Math.max(last, ...whole.map(({ to }) => to)),
    };
  });
};

const passesOf = (
  { blocks }: LoopProgram,
  statements: ReadonlyArray<Statement>,
): ReadonlyArray<{ readonly from: number; readonly to: number }> =>
  runsOf(blocks).flatMap(({ pass, members }) => {
    const own = statements.map((_, at) => at).filter((at) => members.includes(statements[at]!.block));
    return pass === undefined || own.length === 0 ? [] : [{ from: own[0]!, to: own.at(-1)! }];
  });

/** Whether the first statement of a pass that touches a buffer reads what an earlier segment has left there. */
const isCarried = (program: LoopProgram, { loop, block }: Statement, buffer: BufferId): boolean =>
  !isBegunBy(loop, buffer) &&
  turnsOf(program, program.blocks[block]!, batchesOf(program).at(-1)!).some((dims) => readsFirst(loop, dims, buffer));

/** Whether the text already says that the first thing a statement does with a buffer is to write it. */
const isBegunBy = (loop: Loop, buffer: BufferId): boolean => {
  const { reads, sets, adds } = touchesIn(loop);
  if (!sets.has(buffer)) return false;
  if (!reads.has(buffer) && !adds.has(buffer)) return true;
  if (scalarsOf(loop).flatMap(readIn).includes(buffer)) return false;
  const branches = loop.tag === "if" ? [loop.then, loop.else] : [innerOf(loop)];
  return branches.every((inner) => {
    const first = inner.find((each) => touchesBuffer(each, buffer));
    return first === undefined || isBegunBy(first, buffer);
  });
};
