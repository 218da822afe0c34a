import type { Compiled } from "../../src/compile.ts";
import { type Target, targetNames } from "../../src/emit/targets.ts";
import { peak } from "../peak.ts";
import { newQuietTurns } from "../quiet.ts";
import { generator, times, vectors } from "../random.ts";
import { type Timing, timingOf } from "../statistics.ts";
import { compiledProgram } from "../task.ts";

/** The programs of this folder: parameters over an axis, which is declared first or last; the equations as copies. */
export const ways = ["over-axis", "over-last-axis", "copies"] as const;
export type Way = (typeof ways)[number];

export const sizes = { K: 25, D: 10, T: 1000 } as const;

/** In milliseconds, of one way as one target: from source to the first gradient, of one position; a gradient of all. */
export interface Measured {
  readonly way: Way;
  readonly target: Target;
  readonly compiling: Timing;
  readonly gradient: Timing;
}

/** The ways take turns in every round, as both targets; the first round only warms up. */
export const measured = async (quick: boolean): Promise<ReadonlyArray<Measured>> => {
  const { run } = peak("f32");
  const quietly = newQuietTurns({ slack: 1.05, patience: quick ? 0 : 90_000 }, async () => times(20, () => timed(run)));
  const turns = ways.flatMap((way) =>
    targetNames.map((target) => ({ way, target, compiling: [] as number[], gradient: [] as number[] })),
  );
  for (let round = 0; round <= (quick ? 1 : 7); round += 1)
    for (const { way, target, compiling, gradient } of turns) {
      const once = await quietly(async () => turn(way, target, round));
      if (round === 0) continue;
      compiling.push(once.compiling);
      gradient.push(...once.gradient);
    }
  return turns.map(({ way, target, compiling, gradient }) => ({
    way,
    target,
    compiling: timingOf(compiling),
    gradient: timingOf(gradient),
  }));
};

const data = vectors(generator(7), sizes.T, sizes.D);

const turn = (way: Way, target: Target, round: number) => {
  const started = performance.now();
  const model = programOf(way, target, round);
  const params = model.init(1);
  model.gradient(params, model.pack([{ x: data.slice(0, 1) }]));
  const compiling = performance.now() - started;
  const batch = model.pack([{ x: data }]);
  // Engines compile anew what runs long.
  times(10, () => model.gradient(params, batch));
  return { compiling, gradient: times(10, () => timed(() => model.gradient(params, batch))) };
};

/** An engine remembers code that it has compiled before: in each round a constant is another. */
const programOf = (way: Way, target: Target, round: number): Compiled => {
  const statics = { K: sizes.K, D: sizes.D, half: 0.5 + 0.001 * round };
  return compiledProgram({ file: `./mixture/${way}.rnn`, statics, iteration: "gradient" }, target);
};

const timed = (run: () => unknown): number => {
  const from = performance.now();
  run();
  return performance.now() - from;
};
