import type { Example } from "../../../src/runtime/interface.ts";
import { flat, mean } from "../measure.ts";
import type { Baseline } from "../task.ts";

/** The perplexity of sequences of `size` symbols by trigrams, interpolated with bigrams and unigrams. */
export const trigrams = (size: number): Baseline => ({
  name: "trigrams (Kneser and Ney)",
  measure: (training, examples) => {
    const probability = kneserNey(size, training.map(symbolsOf));
    const losses = examples
      .map(symbolsOf)
      .flatMap((text) => text.map((symbol, i) => -Math.log(probability(symbol, text[i - 1], text[i - 2]))));
    return Math.exp(mean(losses));
  },
});

type Text = ReadonlyArray<number>;
const symbolsOf = ({ y }: Example): Text => flat(y!);

/** The probability of a symbol after the last one and the one before that; where a text begins there are none. */
type Probability = (symbol: number, last?: number, before?: number) => number;

/**
 * Interpolated Kneser-Ney smoothing (Kneser and Ney 1995; Chen and Goodman 1999): trigrams count by how often they occur,
 * bigrams by how many symbols they follow, unigrams by how many pairs they end.
 */
export const kneserNey = (size: number, texts: ReadonlyArray<Text>): Probability => {
  const triples = countsOf(texts.flatMap((text) => windowsIn(size, text, 3)));
  const pairs = countsOf(texts.flatMap((text) => windowsIn(size, text, 2)));
  const byTriple = discounted(size, triples);
  const byPair = discounted(size, countsOf([...triples.keys()].map((key) => key % (size * size))));
  const ends = countsOf([...pairs.keys()].map((key) => key % size));
  const single = (symbol: number): number => ((ends.get(symbol) ?? 0) + 1) / (pairs.size + size);
  const pair = (symbol: number, last: number): number => byPair(last, symbol, single(symbol));
  return (symbol, last, before) => {
    if (last === undefined) return single(symbol);
    return before === undefined ? pair(symbol, last) : byTriple(before * size + last, symbol, pair(symbol, last));
  };
};

/** What every count is lessened by, to the good of what was never seen. */
const discount = 0.75;

/** Shares of what follows a context, lessened, with the rest given out as `otherwise` has it. */
const discounted = (size: number, counts: ReadonlyMap<number, number>) => {
  const [totals, kinds] = [new Map<number, number>(), new Map<number, number>()];
  for (const [key, count] of counts) {
    const context = Math.floor(key / size);
    totals.set(context, (totals.get(context) ?? 0) + count);
    kinds.set(context, (kinds.get(context) ?? 0) + 1);
  }
  return (context: number, symbol: number, otherwise: number): number => {
    const total = totals.get(context);
    if (total === undefined) return otherwise;
    const own = Math.max(0, (counts.get(context * size + symbol) ?? 0) - discount);
    return (own + discount * kinds.get(context)! * otherwise) / total;
  };
};

/** Each `length` symbols in a row as one number. */
const windowsIn = (size: number, text: Text, length: number): ReadonlyArray<number> =>
  text
    .slice(0, Math.max(0, text.length - length + 1))
    .map((_, i) => text.slice(i, i + length).reduce((key, symbol) => key * size + symbol, 0));

const countsOf = (keys: ReadonlyArray<number>): ReadonlyMap<number, number> => {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};
