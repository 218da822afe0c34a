import type { Example } from "../../src/runtime/interface.ts";
import { commonestValue } from "./baselines/commonest.ts";
import { type Dice, drawnOf, times } from "./dice.ts";
import { flat, mean, meanOver, mostLikely, outputOf } from "./measure.ts";
import { atLeast, atMost, type Measure, type Task, type Trained } from "./task.ts";
import { trainTask } from "./train.ts";

/** Models in whose equations derivatives stand: a penalty, a law of motion, an explanation. */
export const derivativeTasks = (): ReadonlyArray<Task> => [penaltyTask(), motionTask, saliencyTask];

const penaltyTask = (): Task => {
  const task = {
    name: "derivatives: a penalty on the input's gradient",
    program: "gradient-penalty",
    training: () => drawnOf("training", 1, 256, measured),
    heldOut: () => drawnOf("heldOut", 1, 200, measured),
    settings: { steps: 300, batch: 32, rate: 0.02 },
  };
  return {
    ...task,
    marks: [
      {
        metric: "answers right on new sequences",
        measure: answersRight,
        baseline: commonestValue(),
        required: atLeast(0.9),
      },
      {
        metric: "squared gradient by the input",
        measure: steepness,
        baseline: {
          name: "without the penalty",
          measure: (_, examples) => steepness(trainTask({ ...task, statics: { strength: 0 }, marks: [] }), examples),
        },
        required: atMost(0.5),
      },
    ],
  };
};

/** The first measurement lies on one side; what comes after it says nothing. */
const measured = (dice: Dice): Example => {
  const y = dice.below(2);
  const first = [(y === 1 ? 1 : -1) * dice.real(0.3, 1.5), dice.real(-1, 1)];
  return { x: [first, ...times(dice.between(1, 4), () => [dice.real(-1, 1), dice.real(-1, 1)])], y };
};

const answersRight: Measure = meanOver((trained, example) =>
  Number(outputOf(trained, example, "p")[0]![0]! > 0.5 === (example.y === 1)),
);

const steepness: Measure = meanOver((trained, example) =>
  mean(outputOf(trained, example, "g").map((values) => Array.from(values).reduce((sum, g) => sum + g * g, 0))),
);

const motionTask: Task = {
  name: "derivatives: a pendulum by its energy",
  program: "hamiltonian",
  training: () => drawnOf("training", 1, 64, (dice) => swing(dice, 20)),
  heldOut: () => drawnOf("heldOut", 1, 50, (dice) => swing(dice, 40)),
  settings: { steps: 600, batch: 32, rate: 0.01 },
  marks: [
    {
      metric: "error of the angle over 40 steps, twice as many as were learned",
      measure: meanOver((trained, example) =>
        mean(outputOf(trained, example, "q").map(([q], t) => Math.abs(q! - flat(example.qs!)[t]!))),
      ),
      baseline: {
        name: "it stays where it was",
        measure: (_, examples) =>
          mean(examples.flatMap(({ start, qs }) => flat(qs!).map((q) => Math.abs(q - flat(start!)[0]!)))),
      },
      required: atMost(0.1),
    },
    { metric: "wavering of the energy over 2000 steps", measure: wavering, on: () => [], required: atMost(0.1) },
    { metric: "drift of the energy over 2000 steps", measure: drift, on: () => [], required: atMost(0.01) },
  ],
};

const step = 0.1;

/** A pendulum let go: its angle and speed after each step, in a hundred small ones. */
const swing = (dice: Dice, length: number): Example => {
  let [q, p] = [dice.real(-1.5, 1.5), dice.real(-1, 1)];
  const [start, push] = [[q], [p]];
  const path = times(length, () => {
    for (let i = 0; i < 100; i++) {
      p -= (step / 100) * Math.sin(q);
      q += (step / 100) * p;
    }
    return { q, p };
  });
  return { start, push, qs: path.map((at) => [at.q]), ps: path.map((at) => [at.p]) };
};

function wavering(trained: Trained): number {
  const [energies, scale] = longRun(trained);
  return (Math.max(...energies) - Math.min(...energies)) / scale;
}

/** How far the mean of the last quarter is from that of the first. */
function drift(trained: Trained): number {
  const [energies, scale] = longRun(trained);
  const quarter = energies.length / 4;
  return Math.abs(mean(energies.slice(-quarter)) - mean(energies.slice(0, quarter))) / scale;
}

/** The energies of a long run, and how much energies differ between runs that begin at rest. */
const longRun = (trained: Trained): readonly [ReadonlyArray<number>, number] => {
  const from = (start: number, length: number): ReadonlyArray<number> => {
    const zeros = times(length, () => [0]);
    return outputOf(trained, { start: [start], push: [0], qs: zeros, ps: zeros }, "energy").map(([e]) => e!);
  };
  return [from(1.2, 2000), Math.abs(from(1.5, 1)[0]! - from(0, 1)[0]!)];
};

const saliencyTask: Task = {
  name: "derivatives: the word that decided",
  program: "saliency",
  training: () => drawnOf("training", 1, 256, sentence),
  heldOut: () => drawnOf("heldOut", 1, 200, sentence),
  settings: { steps: 1000, batch: 32, rate: 0.01 },
  marks: [
    {
      metric: "answers right on new sentences",
      measure: answersRight,
      baseline: commonestValue(),
      required: atLeast(0.98),
    },
    {
      metric: "the most salient word is the one that decides",
      measure: meanOver((trained, example) => {
        const salience = outputOf(trained, example, "saliency").map(([s]) => s!);
        return Number(flat(example.w!)[mostLikely(salience)]! < 2);
      }),
      baseline: {
        name: "a word at random",
        measure: (_, examples) => mean(examples.map(({ w }) => 1 / flat(w!).length)),
      },
      required: atLeast(0.6),
    },
  ],
};

/** One of the words 0 and 1 decides; the others say nothing. */
function sentence(dice: Dice): Example {
  const y = dice.below(2);
  const others = times(dice.between(2, 6), () => dice.between(2, 7));
  const place = dice.below(others.length + 1);
  return { w: [...others.slice(0, place), y, ...others.slice(place)], y };
}
