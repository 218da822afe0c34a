import type { Block, Pass } from "../loops.ts";

/** Neighbouring blocks of the same pass, or of none, by their places. */
export interface Run {
  readonly pass: Pass | undefined;
  readonly members: ReadonlyArray<number>;
}

export const runsOf = (blocks: ReadonlyArray<Block>): ReadonlyArray<Run> => {
  const runs: Array<{ readonly pass: Pass | undefined; readonly members: number[] }> = [];
  blocks.forEach(({ pass }, at) => {
    const open = runs.at(-1);
    if (open !== undefined && open.pass?.number === pass?.number) open.members.push(at);
    else runs.push({ pass, members: [at] });
  });
  return runs;
};
