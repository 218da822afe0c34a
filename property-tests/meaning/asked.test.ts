import assert from "node:assert/strict";
import { test } from "node:test";
import { compiledProgram } from "../property/programs.ts";

/**
 * What is no number, or infinite, of no positions, and is read only where a program has found that there are some: as in
 * `if T > 0 then q * a else 0`. There zero absorbs in the gradient, whatever stands beside it.
 */
const quotients = [
  "sum[t](x[t]) / T",
  "mean[t](x[t])",
  "max[t](x[t])",
  "v / T",
  "v * log(T)",
  "logsumexp[t](x[t])",
  "sum[t](W x[t]) / T",
  "mean[t](x[t] * v)",
  "sum[t](x[t]) / sqrt(T)",
];
const uses = ["sum(q * v)", "v^T q", "sum(W q)", "sum(tanh(W q + v))", "sum(q)^2", "sum(v) * sum(sin(q))"];
const conditions = ["T > 0", "T >= 1", "0 < T", "T != 0", "2 * T > 1"];

const sourceOf = (quotient: string, loss: string): string => `model M {
  axis t in 1..T
  input x[t] : R[2]
  param W : R[2,2] ~ normal(0, 0.5)
  param v : R[2] ~ normal(0, 0.5)
  q : R[2] = ${quotient}
  minimize ${loss}
}
`;

const rows = [
  [1, 2],
  [2, -3],
  [0.5, 1],
];
const beside = "sum(tanh(v)) + sumsq(W)";

for (const [turn, quotient] of quotients.entries())
  test(`what is asked for first may be no number where it is not there, of a value and its gradient: ${quotient}`, () => {
    const plain = compiledProgram(sourceOf("v", beside));
    const params = plain.init(3);
    const expected = plain.gradient(params, plain.pack([{ x: [] }]));
    for (const [i, use] of uses.entries()) {
      const condition = conditions[(turn + i) % conditions.length]!;
      const asked = compiledProgram(sourceOf(quotient, `(if ${condition} then ${use} else 0) + ${beside}`));
      const told = `if ${condition} then ${use}`;
      const empty = asked.gradient(params, asked.pack([{ x: [] }]));
      assert.equal(empty.loss, expected.loss, told);
      for (const [path, values] of Object.entries(expected.gradient))
        assert.deepEqual(Array.from(empty.gradient[path]!), Array.from(values), `${told}: ${path}`);
      // Where there are positions it is what it is without the question.
      const always = compiledProgram(sourceOf(quotient, `${use} + ${beside}`));
      const [found, wanted] = [asked, always].map((model) => model.gradient(params, model.pack([{ x: rows }])));
      for (const [path, values] of Object.entries(wanted!.gradient))
        values.forEach((value, k) => {
          const near = 1e-12 * Math.max(1, Math.abs(value));
          assert.ok(Math.abs(found!.gradient[path]![k]! - value) <= near, `${told}: ${path}[${k}]`);
        });
    }
  });
