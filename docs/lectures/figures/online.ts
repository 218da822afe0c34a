import { diceOf, times } from "../../../examples/tasks/dice.ts";
import type { Params, State } from "../../../src/runtime/interface.ts";
import type { Figure } from "../lecture.ts";
import { chart, thinned } from "../parts/charts.ts";
import { computed } from "../parts/findings.ts";
import { panelsHtml } from "../parts/panels.ts";
import { compiledProgram, written } from "../programs.ts";

/** The next value of a series, its own past read value by value. */
const program = written(`
import GRU from "std"

model Next(n = 8) {
  axis t in 1..T
  input x[t] : R
  param v : R[n] ~ normal(0, 0.3)
  param c = 0
  h[t] = GRU(n)(x[t])
  output mu[t] = v^T h[t] + c
  y[t] ~ normal(mu[t], 0.3)
}`);

const length = 4000;
const known = 1000;
const window = 10;
const rate = 0.01;

/** A wave that grows slower and rises, with noise: what was learned of its beginning is no longer true of its end. */
const series: ReadonlyArray<number> = (() => {
  const dice = diceOf(3);
  let angle = 0;
  return times(length + 1, (t) => {
    const late = Math.max(0, (t - known) / (length - known));
    angle += 0.9 - 0.6 * late;
    return Number((Math.sin(angle) + 1.5 * late + 0.1 * dice.real(-1, 1)).toFixed(3));
  });
})();

/** Windows of the series, each going on from the state that the last one left. */
const windowAt = (from: number) => ({
  x: series.slice(from, from + window),
  y: series.slice(from + 1, from + window + 1),
});

/** How far off each value is, with an update after every window or none, once the beginning was learned. */
const errors = (isOnline: boolean): { readonly off: ReadonlyArray<number>; readonly beginning: number } => {
  const compiled = compiledProgram(program, { optimiser: "adam" });
  const trainer = compiled.trainer(compiled.init(1));
  for (let epoch = 0; epoch < 20; epoch += 1) {
    let state: State | undefined;
    for (let from = 0; from + window <= known; from += window)
      ({ state } = trainer.step(compiled.pack([windowAt(from)]), { rate, clip: 1, state }));
  }
  const off: number[] = [];
  let params: Params = trainer.params();
  let streamed = compiled.start(params, {});
  let carried: State | undefined;
  for (let t = 0; t < length; t += 1) {
    const { state, output } = compiled.step(params, streamed, { x: series[t]! });
    streamed = state;
    off.push(Math.abs(output.mu![0]! - series[t + 1]!));
    if (!isOnline || t < known || (t + 1) % window !== 0) continue;
    ({ state: carried } = trainer.step(compiled.pack([windowAt(t + 1 - window)]), { rate, clip: 1, state: carried }));
    params = trainer.params();
  }
  const beginning = off.slice(known / 2, known).reduce((sum, value) => sum + value, 0) / (known / 2);
  return { off, beginning };
};

const drift = computed(() => {
  const [frozen, online] = [errors(false), errors(true)];
  const last = ({ off }: typeof frozen): string =>
    (off.slice(-500).reduce((sum, value) => sum + value, 0) / 500).toFixed(3);
  return panelsHtml(
    [
      chart({
        title: "The series: its first and its last 60 values",
        x: "t",
        y: "x",
        lines: [
          { name: "at first", points: series.slice(0, 60).map((value, t) => [t, value] as const) },
          { name: "at last", points: series.slice(-60).map((value, t) => [t, value] as const) },
        ],
      }),
      chart({
        title: "Error of the next value, mean over 50",
        x: "t",
        y: "absolute error",
        lines: [
          { name: "learned once", points: thinned(frozen.off, 80), look: "dashed", colour: 1 },
          { name: "online", points: thinned(online.off, 80), colour: 0 },
        ],
      }),
    ],
    `Both learn the first ${known} values (20 passes, Adam at ${rate}). Then one stays as it is, and the other takes one step on every ${window} values as they come, its state carried on (truncated back-propagation, k = ${window}). On the beginning both are off by ${frozen.beginning.toFixed(3)}; over the last 500 values by ${last(frozen)} and ${last(online)}.`,
  );
});

/** Learning as data arrive. */
export const online = (of: Pick<Figure, "slide" | "rows">): Figure => ({
  name: "online",
  title: "Online learning, on a series that drifts",
  ...of,
  words: [
    "The wave grows slower and rises: what was learned of its beginning is no longer true. A model that goes on learning from each value follows; its training is nothing else than the one before, resumed.",
  ],
  exhibits: [
    {
      program,
      opens: {
        view: "training",
        data: times(40, (i) => windowAt(i * window)),
        settings: { steps: 400 },
      },
      parts: [{ ...drift, isWide: true }],
    },
  ],
});
