import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { schedule } from "../../src/schedule/schedule.ts";
import { body, close, compiled, gradientOf, noise, outputsOf, paramsOf, runs, sequence } from "../std/compiled.ts";

const settings = fc.record({ seed: fc.integer({ min: 1, max: 10_000 }), length: fc.integer({ min: 1, max: 6 }) });

const paths = (length: number): ReadonlyArray<ReadonlyArray<number>> =>
  length === 0 ? [[]] : paths(length - 1).flatMap((head) => [0, 1].map((state) => [...head, state]));
const logSumExp = (values: ReadonlyArray<number>): number => {
  const most = Math.max(...values);
  return most + Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0));
};
const logNormalised = (row: ReadonlyArray<number>): ReadonlyArray<number> => row.map((value) => value - logSumExp(row));

/** The scores of a chain of two states. */
interface Chain {
  readonly first: ReadonlyArray<number>;
  readonly steps: ReadonlyArray<ReadonlyArray<number>>;
  readonly at: (t: number, state: number) => number;
}
const scoreOf = ({ first, steps, at }: Chain, states: ReadonlyArray<number>): number =>
  states.reduce((sum, state, t) => sum + at(t, state) + (t === 0 ? first[state]! : steps[states[t - 1]!]![state]!), 0);

const hmm = compiled(body("input w[t] : symbol[3]\nl[t] = HMM(2, 3)(w[t])\noutput p = l[T]", ""));

test("a hidden Markov model's forward recursion is the sum over all state sequences", () => {
  fc.assert(
    fc.property(settings, ({ seed, length }) => {
      const params = paramsOf(hmm.model, seed);
      const [s, A, B] = ["s", "A", "B"].map((name) => [...params[`l.${name}`]!]);
      const words = noise(seed, length).map((value) => Math.floor((value + 1) * 1.5));
      const emissions = [0, 1].map((state) => logNormalised(B!.slice(3 * state, 3 * state + 3)));
      const chain: Chain = {
        first: logNormalised(s!),
        steps: [0, 1].map((state) => logNormalised(A!.slice(2 * state, 2 * state + 2))),
        at: (t, state) => emissions[state]![words[t]!]!,
      };
      const total = logSumExp(paths(length).map((states) => scoreOf(chain, states)));
      close(outputsOf(hmm, params, { w: words }).p!, [total]);
    }),
    runs(8),
  );
});

test("the probabilities of all sequences of symbols sum to 1", () => {
  const params = paramsOf(hmm.model, 5);
  const all = [0, 1, 2].flatMap((a) => [0, 1, 2].flatMap((b) => [0, 1, 2].map((c) => [a, b, c])));
  close([all.reduce((sum, w) => sum + Math.exp(outputsOf(hmm, params, { w }).p![0]!), 0)], [1]);
});

const forward = compiled(
  body("input u[t] : R[2]\nparam A : R[2,2]\nparam s : R[2]\nz[t] = LogForward(u[t], A, s)\nminimize z[T]", ""),
  { wrt: ["u"] },
);

test("the gradient of the log probability counts: states and steps by their posterior probabilities", () => {
  fc.assert(
    fc.property(settings, ({ seed, length }) => {
      const params = paramsOf(forward.model, seed);
      const u = sequence(seed, length, 2);
      const A = [...params.A!];
      const chain: Chain = {
        first: [...params.s!],
        steps: [A.slice(0, 2), A.slice(2)],
        at: (t, state) => u[t]![state]!,
      };
      const scores = paths(length).map((states) => ({ states, score: scoreOf(chain, states) }));
      const total = logSumExp(scores.map(({ score }) => score));
      const expected = (count: (states: ReadonlyArray<number>) => number): number =>
        scores.reduce((sum, { states, score }) => sum + Math.exp(score - total) * count(states), 0);
      const { loss, gradient } = gradientOf(forward, params, { u });
      close([loss], [total]);
      close(
        gradient.u!,
        u.flatMap((_, t) => [0, 1].map((state) => expected((states) => Number(states[t] === state)))),
        1e-11,
      );
      const steps = [0, 1].flatMap((from) =>
        [0, 1].map((to) =>
          expected((states) => states.filter((state, t) => t > 0 && states[t - 1] === from && state === to).length),
        ),
      );
      close(gradient.A!, steps, 1e-11);
    }),
    runs(8),
  );
});

test("the forward recursion stays finite where probabilities themselves would underflow", () => {
  const params = paramsOf(forward.model, 1);
  const u = sequence(1, 400, 2).map((row) => row.map((value) => value - 500));
  const { loss, gradient } = gradientOf(forward, params, { u });
  assert.ok(loss < -190_000 && Number.isFinite(loss));
  assert.ok(Object.values(gradient).flat().every(Number.isFinite));
});

test("a conditional random field says 1 of all labellings together", () => {
  const crf = compiled(body("input u[t] : R[2]\ninput y[t] : symbol[2]\noutput l = CRF(2)(u[t], y[t])", ""));
  fc.assert(
    fc.property(settings, ({ seed, length }) => {
      const params = paramsOf(crf.model, seed);
      const u = sequence(seed, length, 2);
      const total = paths(length).reduce((sum, y) => sum + Math.exp(outputsOf(crf, params, { u, y }).l![0]!), 0);
      close([total], [1]);
    }),
    runs(5),
  );
});

test("a perceptron has no time: no axis, no length, no scan", () => {
  const model = compiled(
    "model M {\n  input x : R[3]\n  param W : R[4,3]\n  param V : R[2,4]\n  output y = V relu(W x)\n  minimize sumsq(V relu(W x))\n}",
  );
  assert.deepEqual(model.model.axes, []);
  assert.deepEqual(schedule(model.circuits.gradient!).lengths, []);
  assert.ok(schedule(model.circuits.gradient!).blocks.every(({ title }) => !title.startsWith("scan")));
});
