import { drawn, times } from "../../../examples/tasks/dice.ts";
import type { Params } from "../../../src/runtime/interface.ts";
import { logarithmic } from "../../../src/views/chart/scale.ts";
import type { Figure } from "../lecture.ts";
import { chart } from "../parts/charts.ts";
import { computed } from "../parts/findings.ts";
import { panelsHtml } from "../parts/panels.ts";
import { compiledProgram, written } from "../programs.ts";

/** At every k-th step the state before is held: what was computed goes on, and no gradient goes back through it. */
const truncated = (k: number) =>
  written(
    `
model Truncated(d = 2, n = 8, k = 20) {
  axis t in 1..T
  input x[t] : R[d]
  param W ~ orthogonal
  param U : R[n,d]
  param v : R[n] ~ normal(0, 0.3)
  h[0] = 0
  before[t] = if mod(t - 1, k) == 0 then stop(h[t-1]) else h[t-1]
  h[t] : R[n] = tanh(W before[t] + U x[t])
  y[t] ~ normal(dot(v, h[t]), 1)
}`,
    { k },
  );

const length = 100;
const every = [1, 2, 5, 10, 20, 50, 100];

const byK = computed(() => {
  const [example] = drawn(1, 1, (dice) => ({
    x: times(length, () => times(2, () => dice.real(-1, 1))),
    y: times(length, () => dice.real(-1, 1)),
  }));
  const of = (k: number): { readonly loss: number; readonly gradient: Params } => {
    const compiled = compiledProgram(truncated(k), { precision: "f64" });
    return compiled.gradient(compiled.init(1), compiled.pack([example!]));
  };
  const across = { ...logarithmic(every), marks: every };
  const whole = of(length);
  const found = every.map((k) => ({ k, ...of(k) }));
  const along = (path: string, pick: (part: ArrayLike<number>, all: ArrayLike<number>) => number) =>
    found.map(({ k, gradient }) => [k, pick(gradient[path]!, whole.gradient[path]!)] as const);
  const lines = (pick: Parameters<typeof along>[1]) =>
    ["W", "U", "v"].map((path) => ({ name: path, points: along(path, pick) }));
  const isSame = found.every(({ loss }) => loss === whole.loss);
  return panelsHtml(
    [
      chart({
        title: "Cosine with the whole gradient",
        across,
        x: "k (logarithmic)",
        y: "cosine",
        lines: lines(cosine),
      }),
      chart({
        across,
        title: "Length, of the whole one's",
        x: "k (logarithmic)",
        y: "share",
        lines: lines((part, all) => norm(part) / norm(all)),
      }),
    ],
    `A sequence of ${length} steps, cut after every k of them. The loss is ${isSame ? "the same to the bit for every k" : "not the same"}: only the way back is cut. k = ${length} is back-propagation through time itself.`,
  );
});

const norm = (values: ArrayLike<number>): number => Math.hypot(...Array.from(values));
const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0) / (norm(a) * norm(b));

/** The gradient by how far it goes back. */
export const truncation = (of: Pick<Figure, "slide" | "rows">): Figure => ({
  name: "truncated",
  title: "Truncated back-propagation: the gradient by k",
  words: [
    "Of a sequence of 100 steps, the signal goes back through k at most. In the program that is one word: stop holds the state at every k-th step.",
  ],
  ...of,
  exhibits: [{ program: truncated(20), opens: { view: "adjoint" }, parts: [{ ...byK, isWide: true }] }],
  found: [
    "The gradient by v needs no time and is never cut. That by W and U turns towards the whole one as k grows; what is truncated is biased, not merely noisy.",
  ],
});
