import { meanOfSeasons } from "../../../examples/tasks/baselines/seasonal.ts";
import { birthData, birthsOf } from "../../../examples/tasks/births.ts";
import { flat } from "../../../examples/tasks/measure.ts";
import { trainTask } from "../../../examples/tasks/train.ts";
import { tenth } from "../../../src/data/coding/decode.ts";
import { predict } from "../../../src/data/predicted.ts";
import { short } from "./seeds.ts";

/** So many days are kept to be drawn. */
const days = 70;

export interface Births {
  readonly statics: Readonly<Record<string, number | string>>;
  readonly settings: { readonly steps: number; readonly batch: number; readonly rate: number };
  readonly seeds: ReadonlyArray<number>;
  readonly heldOut: number;
  /** Mean errors in births, of each seed, and of the mean of the same weekdays of four weeks. */
  readonly off: ReadonlyArray<number>;
  readonly seasonal: number;
  /** The share of days within the band that is to hold 80 %, of each seed. */
  readonly within: ReadonlyArray<number>;
  /** Of the first seed: the first days that were held out. */
  readonly days: ReadonlyArray<{ readonly actual: number; readonly expected: number; readonly wide: number }>;
}

export const births = (): Births => {
  const data = birthData();
  const task = birthsOf(data);
  const heldOut = task.heldOut();
  const { mean, deviation } = data.coding.scalings.y!;
  const [middle, unit] = [mean[0]!, deviation[0]!];
  const lastOf = (value: Parameters<typeof flat>[0]): number => flat(value).at(-1)!;
  const seeds = [1, 2, 3];
  const bySeed = seeds.map((seed) => {
    const { compiled, params } = trainTask(task, seed);
    const said = predict(compiled, params, heldOut);
    return heldOut.map(({ y }, i) => ({
      actual: Math.round(middle + unit * lastOf(y!)),
      expected: Math.round(middle + unit * lastOf(said[i]!.mu!)),
      wide: Math.round(tenth * unit * lastOf(said[i]!.sigma!)),
    }));
  });
  const share = (count: number): number => short(count / heldOut.length);
  return {
    statics: task.statics!,
    settings: { steps: task.settings.steps, batch: task.settings.batch, rate: task.settings.rate },
    seeds,
    heldOut: heldOut.length,
    off: bySeed.map((told) => share(told.reduce((sum, { actual, expected }) => sum + Math.abs(actual - expected), 0))),
    seasonal: short(meanOfSeasons(7, 4, unit).measure(task.training(), heldOut)),
    within: bySeed.map((told) =>
      share(told.filter(({ actual, expected, wide }) => Math.abs(actual - expected) <= wide).length),
    ),
    days: bySeed[0]!.slice(0, days),
  };
};
