/** Numbers in the order of time; nothing where one is missing. */
export type Series = ReadonlyArray<number | undefined>;

/** A season stands out of the correlations before it by as much, and no later one is greater by more than a tenth. */
const [prominence, nearlyGreatest] = [0.1, 0.9] as const;

/** Among some hundred correlations of noise, whose deviation is 1 / sqrt(count), none is greater by chance. */
const byChance = 3.5;

/**
 * After how many values series repeat themselves, at most `most`: where their autocorrelation, once straight lines are taken
 * off, has its first great peak (Box and Jenkins 1970). Nothing if there is none.
 */
export const seasonOf = (all: ReadonlyArray<Series>, most: number): number | undefined => {
  const longest = all.reduce((length, series) => Math.max(length, series.length), 0);
  const last = Math.min(most, Math.floor(longest / 2));
  const correlations = autocorrelations(all.map(withoutTrend), last + 1);
  const count = all.reduce((total, { length }) => total + length, 0);
  const chance = byChance / Math.sqrt(Math.max(1, count));
  const isPeak = (lag: number): boolean => {
    const [before, here, after] = [correlations[lag - 1]!, correlations[lag]!, correlations[lag + 1]!];
    const lowest = correlations.slice(0, lag).reduce((a, b) => Math.min(a, b));
    return here > before && here >= after && here - lowest > prominence && here > chance;
  };
  const peaks = Array.from({ length: Math.max(0, last - 1) }, (_, i) => i + 2).filter(isPeak);
  const greatest = peaks.reduce((height, lag) => Math.max(height, correlations[lag]!), 0);
  return peaks.find((lag) => correlations[lag]! >= nearlyGreatest * greatest);
};

/** The correlation of values with those so many later, from 0 on: sums of products over the sum of squares. */
const autocorrelations = (all: ReadonlyArray<Float64Array>, last: number): ReadonlyArray<number> => {
  const products = Array.from({ length: last + 1 }, (_, lag) =>
    all.reduce((total, values) => total + productAt(values, lag), 0),
  );
  return products.map((product) => (products[0] === 0 ? 0 : product / products[0]!));
};

const productAt = (values: Float64Array, lag: number): number => {
  let sum = 0;
  for (let i = lag; i < values.length; i++) sum += values[i]! * values[i - lag]!;
  return sum;
};

/** What is left of a series when the line of least squares is taken off; 0 where a value is missing. */
const withoutTrend = (series: Series): Float64Array => {
  const known = series.flatMap((value, i) => (value === undefined ? [] : [[i, value] as const]));
  const middle = (at: 0 | 1): number => known.reduce((sum, pair) => sum + pair[at], 0) / Math.max(1, known.length);
  const [time, mean] = [middle(0), middle(1)];
  const above = known.reduce((sum, [i, value]) => sum + (i - time) * (value - mean), 0);
  const below = known.reduce((sum, [i]) => sum + (i - time) * (i - time), 0);
  const slope = below === 0 ? 0 : above / below;
  return Float64Array.from(series, (value, i) => (value === undefined ? 0 : value - mean - slope * (i - time)));
};
