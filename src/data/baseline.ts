/**
 * Character baselines that a recurrent model has to beat: relative frequencies of the training text, smoothed so that
 * no probability is 0, measured in bits per character on held-out text.
 */
export interface Baselines {
  readonly unigram: number;
  readonly bigram: number;
}

/** Add-one unigrams, and bigrams with Witten and Bell's (1991) weights for backing off to them. */
export const baselines = (
  size: number,
  training: ReadonlyArray<Int32Array>,
  heldOut: ReadonlyArray<Int32Array>,
): Baselines => {
  const single = countSingles(size, training);
  const pair = countPairs(size, training);
  const total = single.reduce((a, b) => a + b, 0);
  const unigram = (y: number): number => (single[y]! + 1) / (total + size);
  const bigram = (x: number, y: number): number => {
    const { followers, kinds } = pair.context(x);
    return followers + kinds === 0 ? unigram(y) : (pair.count(x, y) + kinds * unigram(y)) / (followers + kinds);
  };
  return {
    unigram: bitsPerSymbol(heldOut, (_, y) => unigram(y)),
    bigram: bitsPerSymbol(heldOut, (x, y) => (x === undefined ? unigram(y) : bigram(x, y))),
  };
};

const countSingles = (size: number, texts: ReadonlyArray<Int32Array>): Float64Array => {
  const counts = new Float64Array(size);
  for (const text of texts) for (const symbol of text) counts[symbol]!++;
  return counts;
};

const countPairs = (size: number, texts: ReadonlyArray<Int32Array>) => {
  const counts = new Float64Array(size * size);
  for (const text of texts) for (let i = 1; i < text.length; i++) counts[text[i - 1]! * size + text[i]!]!++;
  const contexts = Array.from({ length: size }, (_, x) => {
    const row = counts.subarray(x * size, (x + 1) * size);
    return { followers: row.reduce((a, b) => a + b, 0), kinds: row.reduce((a, b) => a + Math.sign(b), 0) };
  });
  return {
    count: (x: number, y: number): number => counts[x * size + y]!,
    context: (x: number) => contexts[x]!,
  };
};

/** The mean of -log2 p over all symbols of all texts; each text begins without a context. */
const bitsPerSymbol = (
  texts: ReadonlyArray<Int32Array>,
  probability: (previous: number | undefined, symbol: number) => number,
): number => {
  let bits = 0;
  let count = 0;
  for (const text of texts) {
    text.forEach((symbol, i) => {
      bits -= Math.log2(probability(text[i - 1], symbol));
    });
    count += text.length;
  }
  return count === 0 ? 0 : bits / count;
};
