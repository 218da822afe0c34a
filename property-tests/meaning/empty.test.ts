import assert from "node:assert/strict";
import { test } from "node:test";
import { compiledProgram } from "../property/programs.ts";

/** Models that relate a position to all of its axis, of which there may be none: as it is divided by, or under a log. */
const models = {
  "less their mean": "y[t] = e[t] - mean[u](e[u])",
  "beside their mean": "y[t] = tanh(x[t] + mean[u](e[u]))",
  "less their log-sum": "y[t] = e[t] - logsumexp[u](e[u])",
  "less a mean of constants": "y[t] = e[t] - mean[u](v)",
  "less a log-sum of constants": "y[t] = e[t] - logsumexp[u](v)",
  "beside the share of a constant": "y[t] = e[t] + sum[u](w[u] * e[u])\n  w[t] = softmax[t](sum(v))",
  "that are the same everywhere, less their mean": "y[t] = tanh(W (v - mean[u](v)))",
  "that are the same everywhere, less their log-sum": "y[t] = sin(W (v - logsumexp[u](v)))",
  "of a layer over their mean": "y[t] = v * tanh(W mean[u](x[u]))",
  "of a layer over their maximum": "y[t] = v * sin(W max[u](x[u]))",
  "beside a share by their number": "y[t] = e[t] + v / T",
  "of a layer over their sum by their number": "y[t] = v * tanh(W (sum[u](x[u]) / T))",
  "beside the logarithm of their number": "y[t] = e[t] - sum[u](v) * log(T)",
  "by the root of their squares": "y[t] = v / sqrt(sum[u](sumsq(e[u])))",
};

const sourceOf = (equation: string): string => `model M {
  axis t in 1..T
  axis u in 1..T
  input x[t] : R[2]
  param W ~ normal(0, 0.5)
  param v : R[2] ~ normal(0, 0.5)
  e[t] : R[2] = W x[t]
  output ${equation}
  minimize sum[t](sumsq(y[t])) + sum(tanh(v))
}
`;

for (const [name, equation] of Object.entries(models))
  for (const without of [[], ["contractions"]])
    test(`an empty sequence in a batch adds what it adds alone: values ${name}${without.length > 0 ? ", as written" : ""}`, () => {
      const model = compiledProgram(sourceOf(equation), { without });
      const params = model.init(3);
      const examples = [
        { x: [] },
        {
          x: [
            [1, 2],
            [2, -3],
            [0.5, 1],
          ],
        },
      ];
      const whole = model.gradient(params, model.pack(examples));
      const alone = examples.map((example) => model.gradient(params, model.pack([example])));
      assert.ok(Math.abs(whole.loss - (alone[0]!.loss + alone[1]!.loss) / 2) < 1e-12);
      for (const [path, values] of Object.entries(whole.gradient))
        values.forEach((value, i) => {
          const mean = (alone[0]!.gradient[path]![i]! + alone[1]!.gradient[path]![i]!) / 2;
          assert.ok(Math.abs(value - mean) < 1e-12, `${path}[${i}]: ${value}, ${mean}`);
        });
      assert.deepEqual(Array.from(alone[0]!.gradient.W!), [0, 0, 0, 0]);
    });

for (const without of [[], ["contractions"]])
  test(`a sum over nothing is 0, though what stands beside it is no number${without.length > 0 ? ", as written" : ""}`, () => {
    const model = compiledProgram(
      `model M {
  axis t in 1..T
  axis u in 1..T
  input x[t] : R[2]
  param v : R[2] ~ normal(0, 0.5)
  c = mean[u](v^T x[u])
  minimize sum[t](v^T x[t] * c)
}
`,
      { without },
    );
    assert.equal(model.loss(model.init(3), model.pack([{ x: [] }])), 0);
  });

test("a position that is read must exist, though the value is the same at every position", () => {
  const model = compiledProgram(`model M {
  axis t in 1..T
  input x[t] : R
  param v
  e[t] = tanh(v)
  output y = e[2]
  minimize sum[t](x[t] * v) + y
}
`);
  const expected = { name: "RnncError", message: "examples[0]: position 2 of axis t needs T >= 2, found 1" };
  assert.throws(() => model.pack([{ x: [1] }]), expected);
  model.pack([{ x: [1, 1] }]);
});
