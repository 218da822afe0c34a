import type { Example } from "../../src/runtime/interface.ts";
import { commonestValue } from "./baselines/commonest.ts";
import { type Dice, drawn, drawnOf, isHeldOut, type Part, times } from "./dice.ts";
import { bitAccuracy, flat, freeRunAccuracy, mean, meanOver, outputOf } from "./measure.ts";
import { atLeast, atMost, type Baseline, type Measure, type Task, type Trained } from "./task.ts";

/** The bit problems 1 to 4, and the picture network with 4 neurons in and 3 out. */
export const bitTasks = (): ReadonlyArray<Task> => [
  {
    name: "problem 1: reverse a bit",
    program: "complement-bit",
    training: () => bothBits,
    heldOut: () => bothBits,
    seen: "there are no other bits",
    settings: { steps: 200, batch: 2, rate: 0.2 },
    marks: [{ metric: "bits right", measure: bitAccuracy, baseline: commonestValue(), required: atLeast(1) }],
  },
  {
    name: "problem 2: a fixed word",
    program: "complement-word",
    training: () => allWords.filter((word) => !isHeldOut(word)),
    heldOut: () => allWords.filter(isHeldOut),
    settings: { steps: 400, batch: 32, rate: 0.05 },
    marks: [
      { metric: "bits right in new words", measure: bitAccuracy, baseline: commonestValue(), required: atLeast(1) },
    ],
  },
  {
    name: "problem 2: padded words",
    program: "complement-padded",
    training: () => paddedWords("training", 256),
    heldOut: () => paddedWords("heldOut", 128),
    settings: { steps: 1200, batch: 32, rate: 0.05 },
    marks: [
      { metric: "real bits right in new words", measure: realBits, baseline: commonestRealBit, required: atLeast(1) },
    ],
  },
  {
    name: "problem 3: over time",
    program: "complement-over-time",
    training: () => streams("training"),
    heldOut: () => streams("heldOut"),
    settings: { steps: 500, batch: 32, rate: 0.05 },
    marks: [
      { metric: "bits right in new sequences", measure: bitAccuracy, baseline: commonestValue(), required: atLeast(1) },
    ],
  },
  {
    name: "problem 4: reverse if same",
    program: "complement-if-same",
    training: () => feedback("training"),
    heldOut: () => feedback("heldOut"),
    settings: { steps: 500, batch: 32, rate: 0.05 },
    marks: [
      {
        metric: "bits right when running freely",
        measure: freeRunAccuracy(["x"]),
        baseline: commonestValue(),
        required: atLeast(1),
      },
      {
        metric: "weight of the input, divided by that of the last output",
        measure: inputWeight,
        on: () => [],
        required: atMost(0.05),
      },
    ],
  },
  {
    name: "4 neurons in, 3 out",
    program: "feedback-4-3",
    training: () => pictures("training"),
    heldOut: () => pictures("heldOut"),
    settings: { steps: 800, batch: 16, rate: 0.05 },
    marks: [
      { metric: "weights: W is 3 by 3, U is 3 by 4", measure: weightsOf, on: () => [], required: atLeast(21) },
      {
        metric: "squared error per output in new sequences",
        measure: meanOver(squaredError),
        baseline: squaresAroundMean,
        required: atMost(0.001),
      },
    ],
  },
];

const complement = (bits: ReadonlyArray<number>): ReadonlyArray<number> => bits.map((bit) => 1 - bit);
const wordOf = (dice: Dice, length: number): ReadonlyArray<number> => times(length, () => dice.below(2));

const bothBits: ReadonlyArray<Example> = [
  { x: 0, y: 1 },
  { x: 1, y: 0 },
];

const allWords: ReadonlyArray<Example> = times(1024, (number) => {
  const x = times(10, (bit) => (number >> bit) & 1);
  return { x, y: complement(x) };
});

const paddedWords = (part: Part, count: number): ReadonlyArray<Example> =>
  drawnOf(part, 1, count, (dice) => {
    const word = wordOf(dice, dice.between(1, 10));
    const padding = (value: number): ReadonlyArray<number> => times(10 - word.length, () => value);
    return {
      x: [...word, ...padding(-1)],
      y: [...complement(word), ...padding(0)],
      m: [...word.map(() => 1), ...padding(0)],
    };
  });

const streams = (part: Part): ReadonlyArray<Example> =>
  drawnOf(part, 1, 128, (dice) => {
    const x = wordOf(dice, 10);
    return { x, y: complement(x) };
  });

const feedback = (part: Part): ReadonlyArray<Example> =>
  drawnOf(part, 1, 128, (dice) => {
    const x = wordOf(dice, 10);
    let previous = 0;
    const y = x.map((bit) => {
      previous = bit === previous ? 1 - bit : bit;
      return previous;
    });
    return { x, y };
  });

/** What the deck's network does with random weights: another one of the same form can learn to do the same. */
const pictures = (part: Part): ReadonlyArray<Example> => {
  const [W, U] = drawn(7, 2, (dice) => times(3, () => times(4, () => dice.real(-2, 2))));
  return drawnOf(part, 1, 64, (dice) => {
    const X = times(dice.between(3, 6), () => wordOf(dice, 4));
    let previous: ReadonlyArray<number> = [0, 0, 0];
    const D = X.map((x) => {
      previous = times(3, (i) => sigmoid(weighted(W![i]!, previous) + weighted(U![i]!, x)));
      return previous;
    });
    return { X, D };
  });
};

const weighted = (weights: ReadonlyArray<number>, values: ReadonlyArray<number>): number =>
  values.reduce((sum, value, i) => sum + weights[i]! * value, 0);
const sigmoid = (a: number): number => 1 / (1 + Math.exp(-a));
const squaredError = (trained: Trained, example: Example): number => {
  const wanted = flat(example.D!);
  return mean(
    outputOf(trained, example, "O")
      .flatMap((values) => Array.from(values))
      .map((value, i) => (value - wanted[i]!) ** 2),
  );
};
/** If every output were always the mean of those in training. */
const squaresAroundMean: Baseline = {
  name: "always the mean",
  measure: (training, examples) => {
    const valuesIn = (all: ReadonlyArray<Example>): ReadonlyArray<number> => all.flatMap(({ D }) => flat(D!));
    const middle = mean(valuesIn(training));
    return mean(valuesIn(examples).map((value) => (value - middle) ** 2));
  },
};
const weightsOf = ({ params }: Trained): number => params.W!.length + params.U!.length;

const realBits: Measure = (trained, examples) =>
  mean(
    examples.flatMap((example) => {
      const [p] = outputOf(trained, example, "p");
      return realIn(example).map(([bit, i]) => Number(p![i]! > 0.5 === (bit === 1)));
    }),
  );

const commonestRealBit: Baseline = {
  name: commonestValue().name,
  measure: (training, examples) => {
    const bitsIn = (all: ReadonlyArray<Example>): ReadonlyArray<Example> =>
      all.map((example) => ({ y: realIn(example).map(([bit]) => bit) }));
    return commonestValue().measure(bitsIn(training), bitsIn(examples));
  },
};

/** The bits that are no padding, with their places. */
const realIn = ({ y, m }: Example): ReadonlyArray<readonly [bit: number, place: number]> =>
  flat(y!).flatMap((bit, i) => (flat(m!)[i] === 1 ? [[bit, i] as const] : []));

/** The truth table of problem 4 is the complement of the previous output whatever the input is. */
const inputWeight: Measure = ({ params }) => Math.abs(params.u![0]! / params.w![0]!);
