import type { Example } from "../../src/runtime/interface.ts";
import { commonestValue } from "./baselines/commonest.ts";
import { type Dice, drawnOf, type Part, times } from "./dice.ts";
import { accuracy, flat, freeRunAccuracy, mean, mostLikely, outputOf } from "./measure.ts";
import { atLeast, atMost, type Baseline, type Measure, type Task } from "./task.ts";

/** The three types of recurrence: what each can keep of the past. */
export const recurrenceTasks = (): ReadonlyArray<Task> => [
  {
    name: "type one: the input before the last",
    ...echoTask("type-one"),
    marks: [
      {
        metric: "bits right, from the third on",
        measure: echoesRight,
        baseline: commonestEcho,
        required: atLeast(0.99),
      },
    ],
  },
  {
    name: "type two: the input before the last",
    ...echoTask("type-two"),
    marks: [
      {
        metric: "bits right, from the third on, those before given: no more than guessing",
        measure: echoesRight,
        baseline: commonestEcho,
        required: atMost(0.6),
        cannot:
          "it reads the input of now and the output before, which is the input before the one that is asked for: " +
          "nothing that type II reads tells it, so no weights beat guessing",
      },
    ],
  },
  {
    name: "type two: what its outputs show",
    program: "type-two",
    statics: { k: 1, n: 12 },
    training: () => parities("training"),
    heldOut: () => parities("heldOut"),
    settings: { steps: 800, batch: 16, rate: 0.02 },
    marks: [
      {
        metric: "parities of the inputs so far right, running freely",
        measure: freeRunAccuracy(["x"]),
        baseline: commonestValue(),
        required: atLeast(0.99),
      },
    ],
  },
  {
    name: "type three: the first input",
    program: "type-three",
    statics: { k: 1, n: 12 },
    training: () => firsts("training"),
    heldOut: () => firsts("heldOut"),
    settings: { steps: 800, batch: 16, rate: 0.02 },
    marks: [{ metric: "sequences right", measure: accuracy, baseline: commonestValue(), required: atLeast(0.99) }],
  },
];

const echoTask = (program: string): Omit<Task, "name" | "marks"> => ({
  program,
  statics: { k: 1, n: 12 },
  training: () => echoes("training"),
  heldOut: () => echoes("heldOut"),
  settings: { steps: 800, batch: 16, rate: 0.02 },
});

const bits = (dice: Dice): ReadonlyArray<number> => times(dice.between(4, 10), () => dice.below(2));
const asInputs = (x: ReadonlyArray<number>): ReadonlyArray<ReadonlyArray<number>> => x.map((bit) => [2 * bit - 1]);

const ofBits = (part: Part, wanted: (x: ReadonlyArray<number>) => Example[string]): ReadonlyArray<Example> =>
  drawnOf(part, 1, 300, (dice) => {
    const x = bits(dice);
    return { x: asInputs(x), y: wanted(x) };
  });

/** y[t] = x[t-2]: what a hidden state keeps, but no output shows in time. */
const echoes = (part: Part): ReadonlyArray<Example> => ofBits(part, (x) => x.map((_, t) => x[t - 2] ?? 0));

/** Whether the inputs so far hold an odd number of ones: the output before says all of them that is needed. */
const parities = (part: Part): ReadonlyArray<Example> =>
  ofBits(part, (x) => x.map((_, t) => x.slice(0, t + 1).reduce((sum, bit) => sum + bit, 0) % 2));

const firsts = (part: Part): ReadonlyArray<Example> => ofBits(part, (x) => x[0]!);

/** The first two bits are 0 whatever the inputs are: they would be right for nothing. */
const known = 2;

const echoesRight: Measure = (trained, examples) =>
  mean(
    examples.flatMap((example) => {
      const wanted = flat(example.y!).slice(known);
      return outputOf(trained, example, "p")
        .slice(known)
        .map((p, t) => Number(mostLikely(p) === wanted[t]));
    }),
  );

const commonestEcho: Baseline = {
  name: "always the commonest",
  measure: (training, examples) => {
    const rest = (all: ReadonlyArray<Example>): ReadonlyArray<Example> =>
      all.map(({ y }) => ({ y: flat(y!).slice(known) }));
    return commonestValue().measure(rest(training), rest(examples));
  },
};
