import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { differencesOf } from "../../bench/objectives/agreement.ts";
import {
  compiledObjective,
  type Objective,
  prepared,
  type Sized,
  type Task,
  taskOf,
} from "../../bench/objectives/objectives.ts";
import { checkGradient } from "../../src/check/gradient.ts";
import { targetNames } from "../../src/emit/targets.ts";
import { mustAgree } from "../../src/property/law.ts";
import { often } from "../often.ts";

/** A parameter's element by its indices, from 0. */
const reader =
  ({ params, shapes }: Task) =>
  (path: string, ...indices: ReadonlyArray<number>): number =>
    params[path]![indices.reduce((at, index, i) => at * shapes[path]![i]! + index, 0)]!;

const upTo = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, i) => i);
const sum = (values: ReadonlyArray<number>): number => values.reduce((a, b) => a + b, 0);

/** The logarithm of the gamma function: Stirling's series where it is good, which the functional equation leads to. */
const logGamma = (x: number): number =>
  x < 15
    ? logGamma(x + 1) - Math.log(x)
    : (x - 0.5) * Math.log(x) -
      x +
      0.5 * Math.log(2 * Math.PI) +
      1 / (12 * x) -
      1 / (360 * x ** 3) +
      1 / (1260 * x ** 5) -
      1 / (1680 * x ** 7);

/** The density of every component at every point, and Wishart's of every precision, without a logarithm but the last. */
const mixture = (task: Task): number => {
  const at = reader(task);
  const { D = 0, K = 0, gamma = 1, m = 0 } = task.statics;
  const points = task.example.x as ReadonlyArray<ReadonlyArray<number>>;
  const factor = (k: number, a: number, b: number): number =>
    b < a ? at("L", k, a, b) : a === b ? Math.exp(at("q", k, a)) : 0;
  const weights = upTo(K).map((k) => Math.exp(at("alpha", k)));
  const determinant = (k: number): number => upTo(D).reduce((product, a) => product * factor(k, a, a), 1);
  const density = (k: number, x: ReadonlyArray<number>): number => {
    const scaled = upTo(D).map((a) => sum(upTo(D).map((b) => factor(k, a, b) * (x[b]! - at("mu", k, b)))));
    return (determinant(k) * Math.exp(-0.5 * sum(scaled.map((y) => y * y)))) / (2 * Math.PI) ** (D / 2);
  };
  const likelihood = points.map((x) => Math.log(sum(upTo(K).map((k) => weights[k]! * density(k, x))) / sum(weights)));
  const n = D + m + 1;
  const multigamma = (D * (D - 1) * Math.log(Math.PI)) / 4 + sum(upTo(D).map((a) => logGamma((n - a) / 2)));
  const prior = upTo(K).map((k) => {
    const squares = upTo(D).flatMap((a) => upTo(D).map((b) => factor(k, a, b) ** 2));
    const constant = n * D * Math.log(gamma / Math.SQRT2) - multigamma;
    return 0.5 * gamma ** 2 * sum(squares) - m * Math.log(determinant(k)) - constant;
  });
  return -(sum(likelihood) + sum(prior));
};

/** Unit by unit, bit by bit. */
const diagonal = (task: Task): number => {
  const at = reader(task);
  const { b = 0, L = 0 } = task.statics;
  const bits = task.example.x as ReadonlyArray<ReadonlyArray<number>>;
  const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
  const layers = upTo(L).map((l) => l + 1);
  const h = layers.map((l) => upTo(b).map((u) => at(`h0.${l}`, u)));
  const c = layers.map((l) => upTo(b).map((u) => at(`c0.${l}`, u)));
  const predicted = (t: number): ReadonlyArray<number> =>
    upTo(b).map((u) => {
      let below = at("v", u) * bits[t]![u]!;
      for (const l of layers) {
        const of = (gate: string, input: number): number => at(`z.${l}.w${gate}`, u) * input + at(`z.${l}.b${gate}`, u);
        const [state, cell] = [h[l - 1]!, c[l - 1]!];
        cell[u] = cell[u]! * logistic(of("f", below)) + logistic(of("i", state[u]!)) * Math.tanh(of("g", state[u]!));
        state[u] = logistic(of("o", below)) * Math.tanh(cell[u]!);
        below = state[u]!;
      }
      return at("w", u) * below + at("d", u);
    });
  const told = upTo(bits.length - 1).map((t) => {
    const y = predicted(t);
    const log = Math.log(2 + sum(y.map(Math.exp)));
    return sum(y.map((value, u) => bits[t + 1]![u]! * (value - log)));
  });
  return -sum(told) / (b * told.length);
};

/** The probability of every way through the states, one by one. */
const markov =
  (prefix: string) =>
  (task: Task): number => {
    const at = reader(task);
    const { n = 0, V = 0 } = task.statics;
    const w = task.example.w as ReadonlyArray<number>;
    const share = (scores: ReadonlyArray<number>, i: number): number =>
      Math.exp(scores[i]!) / sum(scores.map(Math.exp));
    const first = (i: number): number =>
      share(
        upTo(n).map((j) => at(`${prefix}s`, j)),
        i,
      );
    const step = (i: number, j: number): number =>
      share(
        upTo(n).map((each) => at(`${prefix}A`, i, each)),
        j,
      );
    const tells = (i: number, v: number): number =>
      share(
        upTo(V).map((each) => at(`${prefix}B`, i, each)),
        v,
      );
    const from = (i: number, t: number): number =>
      tells(i, w[t]!) * (t === w.length - 1 ? 1 : sum(upTo(n).map((j) => step(i, j) * from(j, t + 1))));
    return -Math.log(sum(upTo(n).map((i) => first(i) * from(i, 0))));
  };

const oracles: Readonly<Record<Objective, (task: Task) => number>> = {
  gmm: mixture,
  lstm: diagonal,
  hmm: markov(""),
  "hmm-cell": markov("hmm."),
};

const small = (most: number) => fc.integer({ min: 1, max: most });
const sizes: Readonly<Record<Objective, fc.Arbitrary<Pick<Sized, "statics" | "N">>>> = {
  gmm: fc.record({
    statics: fc.record({ D: small(4), K: small(4), gamma: small(3), m: fc.integer({ min: 0, max: 3 }) }),
    N: small(6),
  }),
  lstm: fc.record({ statics: fc.record({ b: small(5), L: small(4) }), N: fc.integer({ min: 2, max: 8 }) }),
  hmm: fc.record({ statics: fc.record({ n: small(3), V: small(4) }), N: small(6) }),
  "hmm-cell": fc.record({ statics: fc.record({ n: small(3), V: small(4) }), N: small(6) }),
};

for (const name of Object.keys(oracles) as ReadonlyArray<Objective>) {
  test(`the objective of ${name} is that of its definition, term by term, whatever its sizes`, () => {
    fc.assert(
      fc.property(sizes[name], fc.integer({ min: 1, max: 1000 }), (size, seed) => {
        const task = taskOf({ name, ...size }, seed);
        for (const target of targetNames) {
          const { objective } = prepared(compiledObjective(task, target), task);
          mustAgree(`the objective as ${target}`, [objective()], [oracles[name](task)], 1e-12);
        }
      }),
      { numRuns: often(12) },
    );
  });

  test(`the gradient of ${name} is that of finite differences`, () => {
    // One symbol has probability 1, whatever the parameters are: nothing to compare.
    const size = sizes[name].filter(({ statics }) => statics.V !== 1);
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 1000 }), ({ statics }, seed) => {
        const report = checkGradient(compiledObjective({ name, statics }, "js"), { seed });
        assert.ok(report.passed, JSON.stringify(report.worst));
      }),
      { numRuns: often(8) },
    );
  });
}

test("differences of outcomes are relative to the greatest element, and infinite where there is nothing to compare", () => {
  const outcome = { value: 2, gradient: { a: [1, -4], b: [0] } };
  assert.deepEqual(differencesOf(outcome, outcome), { value: 0, gradient: 0 });
  assert.deepEqual(differencesOf({ ...outcome, gradient: { a: [2, -4], b: [0] } }, outcome), {
    value: 0,
    gradient: 0.25,
  });
  for (const a of [[1], [Number.NaN, -4], []])
    assert.equal(differencesOf({ ...outcome, gradient: { a, b: [0] } }, outcome).gradient, Number.POSITIVE_INFINITY);
  assert.equal(differencesOf({ ...outcome, gradient: { b: [0] } }, outcome).gradient, Number.POSITIVE_INFINITY);
});
