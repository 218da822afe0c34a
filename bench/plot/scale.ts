/** A logarithmic axis: where a value stands between two ends, and the values that are marked on it. */
export interface Scale {
  readonly at: (value: number) => number;
  readonly marks: ReadonlyArray<number>;
}

export const logarithmic = (values: ReadonlyArray<number>, from: number, to: number, marks: Marks): Scale => {
  const [low, high] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  const margin = 0.06 * Math.max(high - low, Math.LN2);
  const [first, last] = [low - margin, high + margin];
  return {
    at: (value) => from + ((Math.log(value) - first) / (last - first)) * (to - from),
    marks: marks(Math.exp(first), Math.exp(last)),
  };
};

/** The values to mark between the ends of an axis. */
export type Marks = (low: number, high: number) => ReadonlyArray<number>;

/** 1, 10, 100; with 2, 5, 20 and 50 between them where few decades are shown. */
export const decades: Marks = (low, high) => {
  const leading = high / low > 1000 ? [1] : high / low > 30 ? [1, 3] : [1, 2, 5];
  const powers = Array.from({ length: 24 }, (_, i) => 10 ** (i - 12));
  return powers.flatMap((power) => leading.map((digit) => digit * power)).filter((mark) => low <= mark && mark <= high);
};

/** The values themselves, every second one where they are many. */
export const valuesThemselves = (values: ReadonlyArray<number>): Marks => {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  return () => sorted.filter((_, i) => sorted.length <= 7 || (sorted.length - 1 - i) % 2 === 0);
};
