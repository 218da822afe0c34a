import type { Example } from "../../../src/runtime/interface.ts";
import { flat, mean } from "../measure.ts";
import type { Baseline } from "../task.ts";

/** What occurs most often; the first of those that occur equally often. */
export const commonestOf = <A>(all: Iterable<A>): A | undefined => {
  const counts = new Map<A, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  let best: A | undefined;
  for (const [one, count] of counts) if (best === undefined || count > counts.get(best)!) best = one;
  return best;
};

/** The share of values that are right if each is said to be the one that training showed most often. */
export const commonestValue = (y = "y"): Baseline => ({
  name: "always the commonest",
  measure: (training, examples) => {
    const guess = commonestOf(valuesOf(training, y));
    return mean(valuesOf(examples, y).map((value) => Number(value === guess)));
  },
});

/** The share of sequences that are wholly right if each is said to be the commonest one. */
export const commonestSequence: Baseline = {
  name: "always the commonest sequence",
  measure: (training, examples) => {
    const sequenceOf = ({ y }: Example): string => flat(y!).join();
    const guess = commonestOf(training.map(sequenceOf));
    return mean(examples.map((example) => Number(sequenceOf(example) === guess)));
  },
};

/**
 * The share that is right if each word, known by its symbols in `inputs`, is given the label that it has most often, and a
 * new one the commonest of all.
 */
export const commonestOfEach = (inputs: ReadonlyArray<string> = ["w"], y = "y"): Baseline => ({
  name: "each word's commonest label",
  measure: (training, examples) => {
    const labels = new Map<string, number[]>();
    for (const [word, label] of pairsOf(training, inputs, y)) {
      const known = labels.get(word);
      if (known === undefined) labels.set(word, [label]);
      else known.push(label);
    }
    const best = new Map([...labels].map(([word, all]) => [word, commonestOf(all)]));
    const overall = commonestOf(valuesOf(training, y));
    return mean(pairsOf(examples, inputs, y).map(([word, label]) => Number((best.get(word) ?? overall) === label)));
  },
});

/** The loss in nats of a value if each has the share of training's values that it had there. */
export const sharesOfValues = (y = "y"): Baseline => ({
  name: "their frequencies",
  measure: (training, examples) => {
    const values = valuesOf(training, y);
    const shareOf = (value: number): number => values.filter((other) => other === value).length / values.length;
    return mean(valuesOf(examples, y).map((value) => -Math.log(shareOf(value))));
  },
});

const valuesOf = (examples: ReadonlyArray<Example>, y: string): ReadonlyArray<number> =>
  examples.flatMap((example) => flat(example[y]!));

const pairsOf = (
  examples: ReadonlyArray<Example>,
  inputs: ReadonlyArray<string>,
  y: string,
): ReadonlyArray<readonly [word: string, label: number]> =>
  examples.flatMap((example) => {
    const symbols = inputs.map((name) => flat(example[name]!));
    return flat(example[y]!).map((label, t) => [symbols.map((of) => of[t]!).join(), label] as const);
  });
