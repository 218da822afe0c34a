import type { Example } from "../../src/runtime/interface.ts";
import { commonestValue } from "./baselines/commonest.ts";
import { drawnOf, type Part, times } from "./dice.ts";
import { accuracy, flat, meanOver, mostLikely, outputOf } from "./measure.ts";
import { atLeast, atMost, type Baseline, type Task, type Trained } from "./task.ts";

/** Cues far away, and a gap that only the future fills. */
export const memoryTasks = (): ReadonlyArray<Task> => [
  cueTask("the clouds are in the sky", 4),
  cueTask("India ... fluent Hindi", 10),
  {
    name: "fill in, from both sides",
    ...gapTask("fill-in"),
    marks: [{ metric: "gaps right", measure: meanOver(gapRight), baseline: commonestWord, required: atLeast(0.99) }],
  },
  {
    name: "fill in, from the left alone",
    ...gapTask("fill-in-from-left"),
    marks: [
      {
        metric: "gaps right, which is no more than guessing",
        measure: meanOver(gapRight),
        baseline: commonestWord,
        required: atMost(0.45),
        cannot: "which of three words is missing is told after the gap alone, so from the left no model beats guessing",
      },
    ],
  },
];

const cueTask = (sentence: string, lag: number): Task => ({
  name: `a cue ${lag} words before`,
  program: "long-range-cue",
  statics: { V: 6, n: 16 },
  wrt: ["x"],
  training: () => cues("training", lag),
  heldOut: () => cues("heldOut", lag),
  settings: { steps: 600, batch: 32, rate: 0.01 },
  marks: [
    { metric: `words right (${sentence})`, measure: accuracy, baseline: commonestValue(), required: atLeast(0.99) },
    {
      metric: "gradient by the cue, of that by the last word",
      measure: (trained, examples) => cueGradient(trained, lag, examples),
    },
  ],
});

/** The word after `lag` words follows from the first of them, one of three; the others say nothing. */
export const cues = (part: Part, lag: number): ReadonlyArray<Example> =>
  drawnOf(part, 1, 300, (dice) => {
    const y = dice.below(3);
    return { x: times(lag, (t) => onehot(t === 0 ? y : 3 + dice.below(3))), y };
  });

const onehot = (symbol: number): ReadonlyArray<number> => times(6, (i) => Number(i === symbol));

/** How the norm of the gradient by the first input compares with that by the last one. */
export const cueGradient = ({ compiled, params }: Trained, lag: number, examples: ReadonlyArray<Example>): number => {
  const { x } = compiled.gradient(params, compiled.pack(examples)).gradient;
  const size = x!.length / lag;
  const normAt = (t: number): number => Math.hypot(...x!.subarray(t * size, (t + 1) * size));
  return normAt(0) / normAt(lag - 1);
};

/** "I am ____ hungry , and I can eat" and then what: words 0..5, the gap 6, the three ends 7..9. */
const gapWords = 10;
const gap = 6;
const gaps = (part: Part): ReadonlyArray<Example> =>
  drawnOf(part, 1, 600, (dice) => {
    const missing = dice.below(3);
    const filler = (least: number): ReadonlyArray<number> => times(dice.between(least, 4), () => dice.below(6));
    const w = [...filler(1), gap, ...filler(3), 7 + missing, ...filler(0)];
    return { w, y: w.map((word) => (word === gap ? 1 + missing : 0)) };
  });

const gapTask = (program: string): Omit<Task, "name" | "marks"> => ({
  program,
  statics: { V: gapWords, m: 4, d: 6, n: 12 },
  training: () => gaps("training"),
  heldOut: () => gaps("heldOut"),
  settings: { steps: 1500, batch: 16, rate: 0.02 },
});

const gapRight = (trained: Trained, example: Example): number => {
  const at = placeOfGap(example);
  return Number(mostLikely(outputOf(trained, example, "p")[at]!) === flat(example.y!)[at]);
};

const placeOfGap = ({ w }: Example): number => flat(w!).indexOf(gap);

const commonestWord: Baseline = {
  name: "always the commonest",
  measure: (training, examples) => {
    const inGaps = (all: ReadonlyArray<Example>): ReadonlyArray<Example> =>
      all.map((example) => ({ y: flat(example.y!)[placeOfGap(example)]! }));
    return commonestValue().measure(inGaps(training), inGaps(examples));
  },
};
