import { type Dice, drawn, times } from "../../../examples/tasks/dice.ts";
import { flat } from "../../../examples/tasks/measure.ts";
import type { Example } from "../../../src/runtime/interface.ts";
import { trainedProgram } from "../parts/trained.ts";
import { example } from "../programs.ts";
import { short } from "./seeds.ts";

const vocabulary = 40;
const statics = { V: vocabulary, M: vocabulary + 2, d: 12, n: 24 };
const settings = { steps: 1200, batch: 16, rate: 0.01 };
const seeds = [1, 2, 3, 4, 5];
const sentences = 300;

/** How often a word was seen, at least; the last bucket has no end. */
const buckets = [0, 1, 3, 10, 30, 100];

export const rareProgram = example("translation", statics);
const ways = { "one vector": example("encoder-decoder", statics), attention: rareProgram };

/** By way, then bucket, then seed: the share of such words that are translated right. */
export interface RareWords {
  readonly statics: typeof statics;
  readonly settings: typeof settings;
  readonly seeds: ReadonlyArray<number>;
  readonly sentences: number;
  readonly buckets: ReadonlyArray<number>;
  /** How many of the vocabulary's words are in each bucket. */
  readonly words: ReadonlyArray<number>;
  readonly right: Readonly<Record<string, ReadonlyArray<ReadonlyArray<number>>>>;
}

/** The r-th word is drawn 1/r² as often as the first (a steep Zipf's law), so that some are hardly or never seen. */
const weights = times(vocabulary, (rank) => 1 / (rank + 1) ** 2);
const total = weights.reduce((sum, weight) => sum + weight, 0);
const wordBy = (dice: Dice): number => {
  let rest = dice.real(0, total);
  for (const [word, weight] of weights.entries()) {
    rest -= weight;
    if (rest <= 0) return word;
  }
  return vocabulary - 1;
};

/** The second word of the source is the last of the target, the third the second. */
const translated = (x: ReadonlyArray<number>): Example => ({
  x,
  y: [...[x[0]!, x[2]!, x[1]!].map((word) => word + 2), 1],
});

export const rareTraining = (): ReadonlyArray<Example> =>
  drawn(1, sentences, (dice) => translated(times(3, () => wordBy(dice))));

export const rareWords = (): RareWords => {
  const training = rareTraining();
  const seen = times(
    vocabulary,
    (word) => training.flatMap(({ x }) => flat(x!)).filter((each) => each === word).length,
  );
  const bucketOf = (word: number): number => buckets.findLastIndex((least) => seen[word]! >= least);
  // Every word is asked for as often as every other.
  const asked = drawn(2, 400, (dice) => translated(times(3, () => dice.below(vocabulary))));
  const right = Object.fromEntries(
    Object.entries(ways).map(([name, program]) => {
      const bySeed = seeds.map((seed) => {
        const { compiled, params } = trainedProgram(program, training, settings, seed);
        const told = asked.flatMap(({ x, y }) => {
          const found = flat(compiled.generate(params, { length: 4, choose: "mode", inputs: { x: x! } }).values.y![0]!);
          return [0, 1, 2].map((i) => ({ word: flat(y!)[i]! - 2, isRight: found[i] === flat(y!)[i] }));
        });
        const shares = buckets.map((_, b) => {
          const those = told.filter(({ word }) => bucketOf(word) === b);
          return short(those.filter(({ isRight }) => isRight).length / those.length);
        });
        console.log(name, seed, shares.join(" "));
        return shares;
      });
      return [name, buckets.map((_, b) => bySeed.map((shares) => shares[b]!))];
    }),
  );
  const words = buckets.map((_, b) => times(vocabulary, (word) => word).filter((word) => bucketOf(word) === b).length);
  return { statics, settings, seeds, sentences, buckets, words, right };
};
