import type { Example } from "../../src/runtime/interface.ts";
import { commonestSequence } from "./baselines/commonest.ts";
import { drawnOf, type Part, times } from "./dice.ts";
import { exactFreeRun, mean, meanOver, mostLikely, outputOf } from "./measure.ts";
import { atLeast, type Task, type Trained } from "./task.ts";

/**
 * The translation of the slide: three words become four; the second word of the source becomes the third and fourth of
 * the target, the third the second.
 */
export const translationTask = (): Task => ({
  name: "translation with attention",
  program: "translation",
  statics: { V: vocabulary, M: 2 + 3 * vocabulary, d: 12, n: 20 },
  training: () => sentences("training", 400),
  heldOut: () => sentences("heldOut", 100),
  settings: { steps: 800, batch: 16, rate: 0.01 },
  marks: [
    {
      metric: "translations wholly right, running freely",
      measure: exactFreeRun(["x"]),
      baseline: commonestSequence,
      required: atLeast(0.95),
    },
    {
      metric: "words that look most at the word they come from",
      measure: meanOver(aligned),
      baseline: { name: "always the second", measure: () => mean(alignment.map((j) => Number(j === 1))) },
      required: atLeast(0.9),
    },
  ],
});

const vocabulary = 8;
/** The word of the source that each of the four words of the target comes from, and which part of it. */
const alignment = [0, 2, 1, 1];
const piece = [0, 0, 1, 2];

const sentences = (part: Part, count: number): ReadonlyArray<Example> =>
  drawnOf(part, 1, count, (dice): Example => {
    const x = times(3, () => dice.below(vocabulary));
    return { x, y: [...alignment.map((j, i) => 2 + piece[i]! * vocabulary + x[j]!), 1] };
  });

/** Over the four words, not the end of the sentence: of each `a[i,j]` there is a row for i. */
const aligned = (trained: Trained, example: Example): number => {
  const weights = outputOf(trained, example, "a").map(([weight]) => weight!);
  return mean(alignment.map((j, i) => Number(mostLikely(weights.slice(3 * i, 3 * (i + 1))) === j)));
};
