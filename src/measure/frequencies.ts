/**
 * How often symbols were seen, and after what. Probabilities are smoothed, so that none is 0: by adding one, and in a
 * context by Witten and Bell's (1991) weights for backing off to what was seen in all.
 */
export interface Frequencies {
  readonly count: (symbol: number, context?: number) => void;
  readonly probability: (symbol: number, context?: number) => number;
  /** The commonest symbol in the context, or in all where it was never seen; of several, the one commoner in all. */
  readonly commonest: (context?: number) => number;
}

interface Seen {
  readonly counts: Map<number, number>;
  total: number;
}

/** Counts of so many symbols: what is counted in a context is counted in all. */
export const frequenciesOf = (size: number): Frequencies => {
  const all: Seen = { counts: new Map(), total: 0 };
  const contexts = new Map<number, Seen>();
  const single = (symbol: number): number => ((all.counts.get(symbol) ?? 0) + 1) / (all.total + size);
  return {
    count: (symbol, context) => {
      add(all, symbol);
      if (context === undefined) return;
      const seen = contexts.get(context) ?? { counts: new Map(), total: 0 };
      contexts.set(context, seen);
      add(seen, symbol);
    },
    probability: (symbol, context) => {
      const seen = context === undefined ? undefined : contexts.get(context);
      if (seen === undefined) return single(symbol);
      const kinds = seen.counts.size;
      return ((seen.counts.get(symbol) ?? 0) + kinds * single(symbol)) / (seen.total + kinds);
    },
    commonest: (context) => {
      const { counts } = (context === undefined ? undefined : contexts.get(context)) ?? all;
      const order = ([a, n]: readonly [number, number], [b, m]: readonly [number, number]): number =>
        m - n || all.counts.get(b)! - all.counts.get(a)! || a - b;
      return [...counts].reduce((best, next) => (order(next, best) < 0 ? next : best), [...counts][0] ?? [0, 0])[0];
    },
  };
};

const add = (seen: Seen, symbol: number): void => {
  seen.total++;
  seen.counts.set(symbol, (seen.counts.get(symbol) ?? 0) + 1);
};
