import { flat, mean } from "../measure.ts";
import type { Baseline } from "../task.ts";

/**
 * The mean absolute error, times `scale`, of the value after those of `x` (the last of `y`) if it is the mean of those at
 * the same place in each of the last `seasons` seasons of `period` values.
 */
export const meanOfSeasons = (period: number, seasons: number, scale: number): Baseline => ({
  name: `the mean of ${seasons} seasons before`,
  measure: (_, examples) =>
    scale *
    mean(
      examples.map(({ x, y }) => {
        const past = flat(x!);
        const same = Array.from({ length: seasons }, (_, i) => past[past.length - (i + 1) * period]!);
        return Math.abs(mean(same) - flat(y!).at(-1)!);
      }),
    ),
});
