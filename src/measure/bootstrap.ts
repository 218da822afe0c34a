import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { onceEach, type Statistic } from "./statistic.ts";

/** A value, and where it may lie: nothing if there is but one example, or one block of them. */
export interface Estimate {
  readonly value: number;
  readonly interval: readonly [low: number, high: number] | null;
}

export interface Resampling {
  readonly seed: number;
  readonly resamples: number;
}

export const usualResampling: Resampling = { seed: 1, resamples: 1000 };

/** What lies outside of an interval on either side. */
const tail = 0.025;

/**
 * Each statistic with its interval of 95 %, by the percentile bootstrap (Efron 1979): the examples are drawn anew, as many
 * as there are, with replacement. Where examples depend on their neighbours, as windows that overlap do, they are drawn in blocks
 * of so many in a row (Künsch 1989), each example in as many blocks as any other since the last is followed by the first
 * (Politis and Romano 1992); with blocks of one that is the ordinary bootstrap. All statistics see the same draws. A draw of
 * which there is nothing to tell is left out.
 */
export const estimated = (
  examples: number,
  statistics: ReadonlyArray<Statistic>,
  { seed, resamples }: Resampling = usualResampling,
  block = 1,
): ReadonlyArray<Estimate> => {
  const values = statistics.map((statistic) => statistic(onceEach(examples)));
  if (examples <= block) return values.map((value) => ({ value, interval: null }));
  const generator = xoroshiro128plus(seed);
  const times = new Int32Array(examples);
  const drawn = statistics.map(() => new Float64Array(resamples));
  for (let round = 0; round < resamples; round++) {
    times.fill(0);
    for (let count = 0; count < examples; count += block) {
      const first = uniformInt(generator, 0, examples - 1);
      const last = first + Math.min(block, examples - count);
      for (let i = first; i < last; i++) times[i % examples]!++;
    }
    for (const [i, statistic] of statistics.entries()) drawn[i]![round] = statistic(times);
  }
  return values.map((value, i) => ({ value, interval: intervalOf(drawn[i]!.filter(Number.isFinite)) }));
};

const intervalOf = (drawn: Float64Array): Estimate["interval"] => {
  if (drawn.length === 0) return null;
  const sorted = drawn.sort();
  return [quantile(sorted, tail), quantile(sorted, 1 - tail)];
};

/** Between the two values that stand around it. */
const quantile = (sorted: Float64Array, share: number): number => {
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (above - below) * (place - Math.floor(place));
};
