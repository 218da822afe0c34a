import type { Example } from "../../../src/runtime/interface.ts";
import { flat, mean } from "../measure.ts";
import type { Baseline } from "../task.ts";

/** The loss in nats per symbol by the frequencies of pairs of symbols, with one added to every count; 0 begins. */
export const symbolPairs = (size: number): Baseline => ({
  name: "letter pairs",
  measure: (training, examples) => {
    const counts = new Float64Array(size * size).fill(1);
    for (const [before, symbol] of training.flatMap(pairsOf)) counts[before * size + symbol]!++;
    return mean(
      examples.flatMap(pairsOf).map(([before, symbol]) => {
        const row = counts.subarray(before * size, (before + 1) * size);
        return -Math.log(row[symbol]! / row.reduce((a, b) => a + b, 0));
      }),
    );
  },
});

const pairsOf = ({ y }: Example): ReadonlyArray<readonly [number, number]> =>
  flat(y!).map((symbol, t, all) => [t === 0 ? 0 : all[t - 1]!, symbol]);
