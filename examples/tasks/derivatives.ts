import type { Example } from "../../src/runtime/interface.ts";
import { type Dice, drawn, times } from "./dice.ts";
import { flat, mean, meanOver, mostLikely, outputOf } from "./measure.ts";
import { atLeast, atMost, type Task, type Trained } from "./task.ts";
import { trainTask } from "./train.ts";

/** Models in whose equations derivatives stand: a penalty, a law of motion, an explanation. */
export const derivativeTasks = (): ReadonlyArray<Task> => [penaltyTask(), motionTask, saliencyTask];

const penaltyTask = (): Task => {
  const task = {
    name: "derivatives: a penalty on the input's gradient",
    program: "gradient-penalty",
    training: () => drawn(1, 256, measured),
    settings: { steps: 300, batch: 32, rate: 0.02 },
  };
  return {
    ...task,
    marks: [
      { metric: "answers right on new sequences", measure: rightOf(measured), required: atLeast(0.9) },
      {
        metric: "squared gradient by the input, in parts of that without the penalty",
        measure: (trained) =>
          steepness(trained) / steepness(trainTask({ ...task, statics: { strength: 0 }, marks: [] })),
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

const rightOf = (draw: (dice: Dice) => Example) =>
  meanOver(
    () => drawn(2, 200, draw),
    (trained, example) => Number(outputOf(trained, example, "p")[0]![0]! > 0.5 === (example.y === 1)),
  );

const steepness = meanOver(
  () => drawn(2, 200, measured),
  (trained, example) =>
    mean(outputOf(trained, example, "g").map((values) => Array.from(values).reduce((sum, g) => sum + g * g, 0))),
);

const motionTask: Task = {
  name: "derivatives: a pendulum by its energy",
  program: "hamiltonian",
  training: () => drawn(1, 64, (dice) => swing(dice, 20)),
  settings: { steps: 600, batch: 32, rate: 0.01 },
  marks: [
    {
      metric: "error of the angle over 40 steps, twice as many as were learned",
      measure: meanOver(
        () => drawn(2, 50, (dice) => swing(dice, 40)),
        (trained, example) =>
          mean(outputOf(trained, example, "q").map(([q], t) => Math.abs(q! - flat(example.qs!)[t]!))),
      ),
      required: atMost(0.1),
    },
    { metric: "wavering of the energy over 2000 steps", measure: wavering, required: atMost(0.1) },
    { metric: "drift of the energy over 2000 steps", measure: drift, required: atMost(0.01) },
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
  training: () => drawn(1, 256, sentence),
  settings: { steps: 300, batch: 32, rate: 0.02 },
  marks: [
    { metric: "answers right on new sentences", measure: rightOf(sentence), required: atLeast(0.98) },
    {
      metric: "the most salient word is the one that decides",
      measure: meanOver(
        () => drawn(2, 200, sentence),
        (trained, example) => {
          const salience = outputOf(trained, example, "saliency").map(([s]) => s!);
          return Number(flat(example.w!)[mostLikely(salience)]! < 2);
        },
      ),
      required: atLeast(0.9),
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
