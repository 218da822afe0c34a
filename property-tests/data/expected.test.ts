import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compileModel } from "../../src/compile.ts";
import { noCoding } from "../../src/data/coding/coding.ts";
import { declaredIn } from "../../src/data/coding/declared.ts";
import { decoded, type Told, tenth } from "../../src/data/coding/decode.ts";
import { predict } from "../../src/data/predicted.ts";
import { settingsOf } from "../../src/module/settings.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { expecting } from "../../src/transform/expecting.ts";
import { often } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";

/** What a program says of examples, by the names under which people see it. */
const told = (source: string, examples: ReadonlyArray<Example>): ReadonlyArray<Told> => {
  const { elaborated } = compiledProgram(source);
  const model = compileModel(settingsOf({ precision: "f64", exports: ["pack", "forward"] }))(expecting(elaborated));
  const params = compiledProgram(source).init(1);
  const declared = declaredIn(source, "m.rnn");
  return predict(model, params, examples).map((one) => decoded(model.model, declared, noCoding, one));
};

const at = (value: unknown, ...places: ReadonlyArray<number>): unknown =>
  places.reduce((part, place) => (part as ReadonlyArray<unknown>)[place], value);

const orders = fc.shuffledSubarray(["i", "j"] as const, { minLength: 2, maxLength: 2 });
const order = (axes: ReadonlyArray<string>, i: number, j: number): ReadonlyArray<number> =>
  axes.map((axis) => (axis === "i" ? i : j));

test("what is expected of a target stands in the order in which the target is written, whatever that of what it is drawn from; without an output it is the same", () => {
  fc.assert(
    fc.property(orders, orders, orders, fc.nat({ max: 3 }), (declared, target, from, length) => {
      const source = (mark: string): string => `model M {
${declared.map((axis) => `  axis ${axis} in 1..${axis === "i" ? "N" : 3}`).join("\n")}
  input x[${from}] : R
  param a, b : R = 0.3
  ${mark}p[${from}] = softmax([a * x[${from}]; -x[${from}]; 0.2])
  y[${target}] ~ categorical(p[${from}])
  ${mark}q[${from}] = sigmoid(x[${from}])
  z[${target}] ~ bernoulli(q[${from}])
  ${mark}mu[${from}] = [x[${from}]; b * x[${from}]]
  ${mark}sigma[j] = exp(0.1 * j)
  v[${target}] : R[2] ~ normal(mu[${from}], sigma[j])
}`;
      const size = (axis: string): number => (axis === "i" ? length : 3);
      const x = Array.from({ length: size(from[0]!) }, (_, k) =>
        Array.from({ length: size(from[1]!) }, (_, l) => Math.sin(3 * k + 7 * l) * 2),
      );
      const example = { x, N: length };
      const [open] = told(source("output "), [example]);
      const [closed] = told(source(""), [example]);
      for (let i = 0; i < length; i++)
        for (let j = 0; j < 3; j++) {
          const here = order(target, i, j);
          const there = order(from, i, j);
          const p = at(open!.p, ...there) as ReadonlyArray<number>;
          assert.equal(at(open!["y.predicted"], ...here), p.indexOf(Math.max(...p)));
          assert.equal(at(open!["z.predicted"], ...here), (at(open!.q, ...there) as number) > 0.5 ? 1 : 0);
          const mu = at(open!.mu, ...there) as ReadonlyArray<number>;
          const sigma = at(open!.sigma, j) as number;
          const [low, high] = [at(open!["v.low"], ...here), at(open!["v.high"], ...here)] as ReadonlyArray<number[]>;
          for (const [k, mean] of mu.entries()) {
            assert.ok(Math.abs(low![k]! - (mean - tenth * sigma)) < 1e-12);
            assert.ok(Math.abs(high![k]! - (mean + tenth * sigma)) < 1e-12);
          }
          assert.deepEqual(at(closed!["v.predicted"], ...here), mu);
        }
      for (const name of ["y.predicted", "z.predicted", "v.low", "v.high"])
        assert.deepEqual(closed![name], open![name]);
      assert.deepEqual(Object.keys(open!), ["p", "q", "mu", "sigma", "y.predicted", "z.predicted", "v.low", "v.high"]);
      assert.deepEqual(Object.keys(closed!), ["y.predicted", "z.predicted", "v.predicted", "v.low", "v.high"]);
    }),
    { numRuns: often(60) },
  );
});

test("what is expected of a target that is drawn from another position is told of its own", () => {
  const [found] = told(
    `model M {
  axis t in 1..T
  input x[t]
  mu[0] = 7
  output mu[t] = x[t]
  y[t] ~ normal(mu[t-1], 2)
}`,
    [{ x: [1, 2, 3] }],
  );
  assert.deepEqual(found!.mu, [1, 2, 3]);
  assert.deepEqual(found!["y.predicted"], [7, 1, 2]);
  assert.deepEqual(
    found!["y.low"],
    [7, 1, 2].map((mean) => mean - tenth * 2),
  );
});

test("nothing is asked for that the outputs do not ask for: where a target that is read back is not given, they are told alone", () => {
  const source = (output: string): string => `model M {
  axis t in 1..T
  input x[t]
  h[t] = 2 * x[t]
  y[0] = 0
  m[t] = h[t] + y[t-1]
  y[t] ~ normal(m[t], 1)
  ${output}
}`;
  assert.deepEqual(told(source("output h"), [{ x: [1, 2] }]), [{ h: [2, 4] }]);
  assert.throws(() => told(source("output h, m"), [{ x: [1, 2] }]), /y/);
  const given = { x: [1, 2], y: [10, 20] };
  for (const output of ["output m", ""])
    assert.deepEqual(
      told(source(output), [given])[0]!["y.high"],
      [2, 14].map((mean) => mean + tenth),
    );
});
