import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkGradient } from "../../src/check/gradient.ts";
import type { Params } from "../../src/runtime/interface.ts";
import { often } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";
import { everywhere, ofGreatest, ofPath, scaledModel, withGradient } from "./wrong.ts";

const runs = { numRuns: often(4, 2) };
const paths = ["W", "U", "b", "small"] as const;

/** The size of a loss: a factor from 1e-9 to 1e9, or 1 above a constant that dwarfs it. */
const losses = fc.oneof(
  fc.integer({ min: -9, max: 9 }).map((power) => scaledModel(10 ** power)),
  fc.constantFrom(1e8, -1e8, 1e6).map((above) => scaledModel(1, above)),
);

const seeds = fc.nat(100_000);

test("a right gradient passes, whatever the size of the loss and what is added to it", () => {
  fc.assert(
    fc.property(losses, seeds, (model, seed) => {
      const report = checkGradient(model, { seed });
      assert.ok(report.passed, JSON.stringify(report));
      assert.equal(report.compared, 19);
    }),
    { numRuns: 3 * runs.numRuns },
  );
});

const wrong: ReadonlyArray<
  readonly [what: string, change: (path: (typeof paths)[number]) => (gradient: Params) => Params]
> = [
  ["is zero everywhere", () => everywhere(() => 0)],
  ["is zero for a parameter", (path) => ofPath(path, () => 0)],
  ["is too large by a ten-thousandth", () => everywhere((value) => 1.0001 * value)],
  ["is too large by a ten-thousandth in one element", (path) => ofGreatest(path, (value) => 1.0001 * value)],
  ["has the wrong sign", () => everywhere((value) => -value)],
  ["has the wrong sign in one element", (path) => ofGreatest(path, (value) => -value)],
  ["is huge in one element", (path) => ofGreatest(path, () => 1e300)],
];
for (const [what, change] of wrong)
  test(`a gradient that ${what} fails, whatever the size of the loss and what is added to it`, () => {
    fc.assert(
      fc.property(losses, seeds, fc.constantFrom("W", "U", "b"), (model, seed, path) => {
        const report = checkGradient(withGradient(model, change(path)), { seed });
        assert.equal(report.passed, false, JSON.stringify(report));
      }),
      runs,
    );
  });

test("a gradient that is not a number in one element, whichever it is, fails there", () => {
  const elements = fc.constantFrom(
    ...(["W", "U", "b", "small"] as const).flatMap((path, i) =>
      Array.from({ length: [9, 6, 3, 1][i]! }, (_, flat) => ({ path, flat })),
    ),
  );
  const values = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
  fc.assert(
    fc.property(losses, seeds, elements, values, (model, seed, { path, flat }, value) => {
      const change = ofPath(path, (own, at) => (at === flat ? value : own));
      const { passed, worst } = checkGradient(withGradient(model, change), { seed });
      assert.equal(passed, false);
      assert.deepEqual([worst?.path, worst?.flat, worst?.gradient], [path, flat, value]);
    }),
    { numRuns: 3 * runs.numRuns },
  );
});

test("a gradient that is not a number where a branch is not taken fails, wherever it is", () => {
  const model = compiledProgram(`model NaNHole {
  axis t in 1..T
  input x[t] : R
  param w : R[4] ~ normal(0, 1)
  param z : R ~ normal(0, 1)
  r = if w > 0 then sqrt(w) else 0
  y[t] : R ~ normal(sum(r) * x[t] + z, 1)
}`);
  const holes = [...[0, 1, 2, 3].map((flat) => ["w", flat] as const), ["z", 0] as const];
  for (const seed of [1, 2, 3]) {
    assert.ok(checkGradient(model, { seed }).passed);
    for (const [path, flat] of holes) {
      const hole = ofPath(path, (own, at) => (at === flat ? Number.NaN : own));
      assert.equal(checkGradient(withGradient(model, hole), { seed }).passed, false, `${path}[${flat}]`);
    }
  }
});

test("a gradient that the rounding of the loss hides does not pass for right", () => {
  const { passed, hidden, compared } = checkGradient(scaledModel(1e-12, 1e8), { seed: 3 });
  assert.deepEqual([passed, hidden], [false, compared]);
});

test("a loss that does not depend on its parameters, or not near a point, has a gradient of 0, and that is right", () => {
  for (const loss of ["0 * w", "relu(w - 100)", "3 + 0 * w"])
    assert.ok(checkGradient(compiledProgram(`model M { param w\n minimize ${loss} }`), { seed: 1 }).passed, loss);
});

test("a gradient that a model names but does not have, fails", () => {
  const model = withGradient(scaledModel(1), ({ W, U, b }) => ({ W: W!, U: U!, b: b!, small: new Float64Array(0) }));
  assert.equal(checkGradient(model).passed, false);
});

test("where random values leave nothing to be seen, others are drawn until the loss depends on something", () => {
  // Of the 23 words at most 5 are read: what is asked for is seldom one of them.
  const source = `model WhichWord(V = 23) {
  axis t in 1..T
  input w[t] : symbol[V]
  param v : R[V] ~ normal(0, 0.5)
  a[t] = softmax[t](v^T onehot(w[t]))
  p = 0.99 * sum[t](a[t] * onehot(w[t])) + 0.01 / V
  y : symbol[V] ~ categorical(p)
}
`;
  const model = compiledProgram(source);
  for (let seed = 1; seed <= 10; seed += 1) {
    const { passed, hidden, compared, worst } = checkGradient(model, { seed });
    assert.ok(passed && hidden < compared, `${seed}`);
    assert.notEqual(worst!.gradient, 0);
  }
});
