import { drawn, times } from "../../../examples/tasks/dice.ts";
import type { Example } from "../../../src/runtime/interface.ts";
import { logarithmic } from "../../../src/views/chart/scale.ts";
import { type Descended, descend } from "../descend.ts";
import type { Figure } from "../lecture.ts";
import { chart } from "../parts/charts.ts";
import { computed } from "../parts/findings.ts";
import { panelsHtml } from "../parts/panels.ts";
import { compiledProgram, written } from "../programs.ts";

/** It recalls the first of its inputs. W starts as a rotation and is lengthened: nothing squashes what grows. */
const program = written(`
model Keeps(n = 8, gain = 1.1) {
  axis t in 1..T
  input x[t] : R
  param W ~ orthogonal
  param u : R[n] ~ normal(0, 0.5)
  param v : R[n] ~ normal(0, 0.3)
  h[0] = 0
  h[t] : R[n] = gain * (W h[t-1]) + u * x[t]
  y ~ normal(dot(v, h[T]), 1)
}`);

const length = 30;
const examples: ReadonlyArray<Example> = drawn(1, 64, (dice) => {
  const x = times(length, () => Number(dice.real(-1, 1).toFixed(2)));
  return { x, y: x[0]! };
});
const settings = { steps: 400, batch: 8, rate: 0.01, seed: 1 };

const course = (clip: Readonly<Record<string, number>>): ReadonlyArray<Descended> => {
  const steps: Descended[] = [];
  descend(compiledProgram(program, { optimiser: "sgd" }), examples, { ...settings, ...clip }, (done) => {
    steps.push(done);
    return !Number.isFinite(done.loss);
  });
  return steps;
};

const courses = computed(() => {
  const runs = [
    { name: "not clipped", steps: course({}) },
    { name: "norm clipped at 1", steps: course({ clip: 1 }) },
    { name: "elements at 0.1", steps: course({ clipValue: 0.1 }) },
  ];
  const of = (pick: (done: Descended) => number) =>
    runs.map(({ name, steps }) => ({
      name,
      points: steps.filter((_, i) => i < 60 || i % 4 === 0).map((done) => [done.step, pick(done)] as const),
    }));
  const across = { ...logarithmic([1, settings.steps]), marks: [1, 3, 10, 30, 100, 300] };
  const ended = runs[0]!.steps.at(-1)!;
  return panelsHtml(
    [
      chart({
        title: "Loss",
        x: "step (logarithmic)",
        across,
        y: "nats",
        isLogarithmic: true,
        lines: of(({ loss }) => loss),
      }),
      chart({
        title: "Length of the gradient, before it is clipped",
        x: "step (logarithmic)",
        across,
        y: "norm",
        isLogarithmic: true,
        lines: of(({ norm }) => norm),
      }),
    ],
    `Plain gradient descent, rate ${settings.rate}, ${settings.batch} sequences of ${length} a step, seed ${settings.seed}. Without clipping the loss is no finite number ${Number.isFinite(ended.loss) ? `in none of the ${ended.step} steps` : `from step ${ended.step} on`}.`,
  );
});

/** The same training with and without clipping. */
export const clipping = (
  of: Pick<Figure, "slide" | "rows" | "formulas"> & {
    readonly words?: Figure["words"];
    readonly found?: Figure["found"];
  },
): Figure => ({
  name: "clipping",
  title: "Clipped against unclipped, in a training that does explode",
  ...of,
  words: of.words ?? [],
  exhibits: [
    {
      program,
      opens: {
        view: "training",
        data: examples.slice(0, 32),
        settings: {
          optimiser: "sgd",
          rate: settings.rate,
          batch: settings.batch,
          steps: settings.steps,
          clip: 0,
          seed: 1,
        },
      },
      parts: [{ ...courses, isWide: true }],
    },
  ],
  found: of.found ?? [
    "Clipping keeps the direction and shortens the step, so one steep place does not throw the parameters away. A gradient that has vanished is not made longer by it: it solves only exploding.",
  ],
});
