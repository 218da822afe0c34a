import { timingOf } from "./statistics.ts";

/**
 * Other tenants slow a shared machine for seconds or minutes, whoever's turn it is. So a turn is taken between two looks
 * at a loop that depends on the processor alone, and again where in either that took `slack` times as long as at its
 * best. When `patience`, in milliseconds, is spent on looking and on what was taken again, turns stand as they are.
 */
export interface Quiet {
  readonly slack: number;
  readonly patience: number;
}

/** Takes turns; `look` gives a few timings of the loop, or none where it cannot be had. */
export const newQuietTurns = ({ slack, patience }: Quiet, look: () => Promise<ReadonlyArray<number>>) => {
  let best = Number.POSITIVE_INFINITY;
  let left = patience;
  const now = () => performance.now();
  const isQuiet = async (): Promise<boolean> => {
    const from = now();
    const samples = await look();
    left -= now() - from;
    if (samples.length === 0) return true;
    const { median } = timingOf(samples);
    best = Math.min(best, median);
    return median <= slack * best;
  };
  return async <A>(turn: () => Promise<A>): Promise<A> => {
    for (;;) {
      while (left > 0 && !(await isQuiet()));
      const from = now();
      const result = await turn();
      if (left <= 0 || (await isQuiet())) return result;
      left -= now() - from;
    }
  };
};
