import { portableLog } from "../runtime/elementary.js";
import { frequenciesOf } from "./frequencies.ts";

/**
 * Character baselines that a recurrent model has to beat: relative frequencies of the training text, smoothed so that
 * no probability is 0, measured in bits per character on held-out text.
 */
export interface Baselines {
  readonly unigram: number;
  readonly bigram: number;
}

/** Add-one unigrams, and bigrams that back off to them. */
export const baselines = (
  size: number,
  training: ReadonlyArray<Int32Array>,
  heldOut: ReadonlyArray<Int32Array>,
): Baselines => {
  const { count, probability } = frequenciesOf(size);
  for (const text of training) for (const [i, symbol] of text.entries()) count(symbol, text[i - 1]);
  return {
    unigram: bitsPerSymbol(heldOut, (symbol) => probability(symbol)),
    bigram: bitsPerSymbol(heldOut, probability),
  };
};

/** The mean of -log2 p over all symbols of all texts; each text begins without a context. */
const bitsPerSymbol = (
  texts: ReadonlyArray<Int32Array>,
  probability: (symbol: number, previous: number | undefined) => number,
): number => {
  let nats = 0;
  let count = 0;
  for (const text of texts) {
    for (const [i, symbol] of text.entries()) nats -= portableLog(probability(symbol, text[i - 1]));
    count += text.length;
  }
  return count === 0 ? 0 : nats / Math.LN2 / count;
};
