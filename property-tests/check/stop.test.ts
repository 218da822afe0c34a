import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkGradient } from "../../src/check/gradient.ts";
import type { Compiled } from "../../src/compile.ts";
import { gradientAgreesWithDifferences } from "../../src/property/index.ts";
import { compiledProgram } from "../property/programs.ts";
import { everywhere, withGradient } from "./wrong.ts";

/** What stands in `stop` is a parameter, a state, an intermediate value, another stop, the maximum of a row. */
const stopped = {
  "a parameter": "minimize sumsq(stop(w) * w) + v^2",
  "a state": "h[0] = v\n h[t] = tanh(w * x[t] + stop(h[t-1]) + 0.5 * h[t-1])\n minimize sum[t](sumsq(h[t]))",
  "a last state": "h[0] = 0\n h[t] = tanh(w * x[t] + h[t-1])\n minimize sumsq(h[T] * stop(h[T] * v))",
  "another stop": "minimize sum[t](sumsq(stop(w * stop(v * x[t])) * w + v))",
  "a maximum": "minimize sum[t](sumsq(w * x[t] - stop(max(w * x[t]))) + v)",
  "a divisor over an axis": "minimize sum[t](sumsq(w * x[t])) / stop(1 + sum[t](sumsq(v * x[t]))) + v",
};

const modelOf = (statements: string): Compiled =>
  compiledProgram(`model M {
  axis t in 1..T
  input x[t] : R[2]
  param w : R[2] ~ normal(0, 1)
  param v ~ normal(0, 1)
  ${statements}
}`);

for (const [what, statements] of Object.entries(stopped)) {
  test(`differences hold what stands in stop: ${what}`, () => {
    const model = modelOf(statements);
    fc.assert(
      fc.property(fc.nat(1000), (seed) => {
        const report = checkGradient(model, { seed });
        assert.ok(report.passed, JSON.stringify(report.worst));
      }),
      { numRuns: 5 },
    );
    fc.assert(gradientAgreesWithDifferences(model), { numRuns: 10 });
  });

  test(`beside a stop a wrong gradient is still wrong: ${what}`, () => {
    const model = withGradient(
      modelOf(statements),
      everywhere((value) => 1.0001 * value),
    );
    assert.equal(checkGradient(model, { seed: 2 }).passed, false);
    assert.ok(fc.check(gradientAgreesWithDifferences(model), { numRuns: 50 }).failed);
  });
}

test("differences of inputs hold what stands in stop too", () => {
  const model = compiledProgram("model M { input z : R[2]\n minimize sumsq(z * stop(z)) }", { wrt: ["z"] });
  const { passed, compared } = checkGradient(model);
  assert.deepEqual([passed, compared], [true, 6]);
});
