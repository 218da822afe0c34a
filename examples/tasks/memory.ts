import type { Example } from "../../src/runtime/interface.ts";
import { type Dice, drawn, times } from "./dice.ts";
import { accuracy, meanOver, mostLikely, outputOf } from "./measure.ts";
import { atLeast, atMost, type Task, type Trained } from "./task.ts";

/** Cues far away, a gap that only the future fills, and the three types of recurrence. */
export const memoryTasks = (): ReadonlyArray<Task> => [
  cueTask("the clouds are in the sky", 4),
  cueTask("India ... fluent Hindi", 10),
  {
    name: "fill in, from both sides",
    program: "fill-in",
    statics: { V: gapWords, m: 4, d: 6, n: 12 },
    training: () => gaps(1),
    settings: { steps: 1500, batch: 16, rate: 0.02 },
    marks: [{ metric: "gaps right", measure: meanOver(() => gaps(2), gapRight), required: atLeast(0.99) }],
  },
  {
    name: "fill in, from the left alone",
    program: "fill-in-from-left",
    statics: { V: gapWords, m: 4, d: 6, n: 12 },
    training: () => gaps(1),
    settings: { steps: 1500, batch: 16, rate: 0.02 },
    marks: [
      {
        metric: "gaps right (guessing gets a third)",
        measure: meanOver(() => gaps(2), gapRight),
        required: atMost(0.45),
      },
    ],
  },
  ...(["one", "two"] as const).map(
    (type): Task => ({
      name: `type ${type}: the input before the last`,
      program: `type-${type}`,
      statics: { k: 1, n: 12 },
      training: () => echoes(1),
      settings: { steps: 800, batch: 16, rate: 0.02 },
      marks: [
        {
          metric: type === "one" ? "bits right" : "bits right, those before given (guessing gets a half)",
          measure: accuracy(() => echoes(2)),
          required: type === "one" ? atLeast(0.99) : atMost(0.7),
        },
      ],
    }),
  ),
  {
    name: "type three: the first input",
    program: "type-three",
    statics: { k: 1, n: 12 },
    training: () => firsts(1),
    settings: { steps: 800, batch: 16, rate: 0.02 },
    marks: [{ metric: "sequences right", measure: accuracy(() => firsts(2)), required: atLeast(0.99) }],
  },
];

const cueTask = (sentence: string, lag: number): Task => ({
  name: `a cue ${lag} words before`,
  program: "long-range-cue",
  statics: { V: 6, n: 16 },
  wrt: ["x"],
  training: () => cues(1, lag),
  settings: { steps: 600, batch: 32, rate: 0.01 },
  marks: [
    { metric: `words right (${sentence})`, measure: accuracy(() => cues(2, lag)), required: atLeast(0.99) },
    { metric: "gradient by the cue, of that by the last word", measure: (trained) => cueGradient(trained, lag) },
  ],
});

/** The word after `lag` words follows from the first of them, one of three; the others say nothing. */
export const cues = (seed: number, lag: number): ReadonlyArray<Example> =>
  drawn(seed, 300, (dice) => {
    const y = dice.below(3);
    return { x: times(lag, (t) => onehot(t === 0 ? y : 3 + dice.below(3))), y };
  });

const onehot = (symbol: number): ReadonlyArray<number> => times(6, (i) => Number(i === symbol));

/** How the norm of the gradient by the first input compares with that by the last one. */
export const cueGradient = ({ compiled, params }: Trained, lag: number): number => {
  const { x } = compiled.gradient(params, compiled.pack(cues(2, lag))).gradient;
  const size = x!.length / lag;
  const normAt = (t: number): number => Math.hypot(...x!.subarray(t * size, (t + 1) * size));
  return normAt(0) / normAt(lag - 1);
};

/** "I am ____ hungry , and I can eat" and then what: words 0..5, the gap 6, the three ends 7..9. */
const gapWords = 10;
const gap = 6;
const gaps = (seed: number): ReadonlyArray<Example> =>
  drawn(seed, 600, (dice) => {
    const missing = dice.below(3);
    const filler = (least: number): ReadonlyArray<number> => times(dice.between(least, 4), () => dice.below(6));
    const w = [...filler(1), gap, ...filler(3), 7 + missing, ...filler(0)];
    return { w, y: w.map((word) => (word === gap ? 1 + missing : 0)) };
  });

const gapRight = (trained: Trained, example: Example): number => {
  const at = (example.w as ReadonlyArray<number>).indexOf(gap);
  return Number(mostLikely(outputOf(trained, example, "p")[at]!) === (example.y as ReadonlyArray<number>)[at]);
};

const bits = (dice: Dice): ReadonlyArray<number> => times(dice.between(4, 10), () => dice.below(2));
const asInputs = (x: ReadonlyArray<number>) => x.map((bit) => [2 * bit - 1]);

/** y[t] = x[t-2]: what a hidden state keeps, but no output shows in time. */
export const echoes = (seed: number): ReadonlyArray<Example> =>
  drawn(seed, 200, (dice) => {
    const x = bits(dice);
    return { x: asInputs(x), y: x.map((_, t) => x[t - 2] ?? 0) };
  });

const firsts = (seed: number): ReadonlyArray<Example> =>
  drawn(seed, 300, (dice) => {
    const x = bits(dice);
    return { x: asInputs(x), y: x[0]! };
  });
