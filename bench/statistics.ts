/** Milliseconds of an iteration: the median, the tenth and the ninetieth percentile of so many samples. */
export interface Timing {
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
  readonly samples: number;
}

export const timingOf = (samples: ReadonlyArray<number>): Timing => {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const position = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(position)]!, sorted[Math.ceil(position)]!];
    return below + (position % 1) * (above - below);
  };
  return { median: at(0.5), p10: at(0.1), p90: at(0.9), samples: samples.length };
};

/** With three significant digits, as far as they stand before the point all of them. */
export const significant = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 1 ? value.toPrecision(3) : Number(value.toPrecision(3)).toString();
