import assert from "node:assert/strict";
import { test } from "node:test";
import { pytorchText } from "../../src/export/pytorch/module.ts";
import { compiledProgram } from "../property/programs.ts";
import { caseOf, type Exported, errorsOf } from "./exported.ts";
import { skip } from "./python.ts";

const softsign = (quotient: string): string => `cell Soft(n)(x[t]) -> g[t] {
  param W, U, V
  a[t] : R[n] = W g[t-1] + U x[t]
  z[t] : R[n] = sigmoid(V x[t])
  g[t] = z[t] * ${quotient}
  g[0] = 0
}
model M(n = 3, k = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param v
  h[t] = Soft(n)(x[t])
  y[t] ~ normal(v^T h[t], 1)
}`;

/** Of magnitudes whatever is in them: of what is scalar, a vector, counted, summed, read at once and again. */
const magnitudes = `model M(n = 3) {
  axis t in 1..T
  axis i in 1..N
  input x[t] : R[n]
  param v : R[n]
  param w : R[n]
  output o[t] = abs(x[t]) * abs(v)
  output c[t] = abs(t - 2)
  output q[i] = sum[t](abs(v^T x[t]) * i)
  output z = abs(v)
  y[t] ~ normal(abs(w)^T abs(x[t] - v), 0.1 + abs(sum(v)) + 1 / abs(1 + sum(w)^2))
}`;

const plain: Readonly<Record<string, string>> = {
  "over 1 + abs(a)": softsign("a[t] / (1 + abs(a[t]))"),
  "over 1 + a^2": softsign("a[t] / (1 + a[t]^2)"),
  "over the root of 1 + a * a": softsign("a[t] / sqrt(1 + a[t] * a[t])"),
  "over abs of what is below -1": softsign("a[t] / abs(-2 + tanh(a[t]))"),
  "the logarithm of 1 + abs(a)": softsign("log(1 + abs(a[t]))"),
  magnitudes,
};
/** Here a slope may be infinite indeed. */
const steep: Readonly<Record<string, string>> = {
  "over abs(a)": softsign("a[t] / abs(a[t])"),
  "over 1 - abs(a)": softsign("a[t] / (1 - abs(a[t]))"),
  "the root of abs(a)": softsign("sqrt(abs(a[t]))"),
};

const compiled = Object.entries({ ...plain, ...steep }).map(([name, source]) => ({
  name,
  source,
  model: compiledProgram(source),
}));

test("what divides by no less than something above 0 is printed without zeros that absorb, its cell a class that is called", () => {
  for (const { name, source, model } of compiled) {
    const text = pytorchText(model.elaborated, { loss: "mean", sourceOf: () => source });
    assert.equal(/absorbing|Product/.test(text), name in steep, name);
    if (name in plain && name !== "magnitudes") assert.match(text, /= self\.h\(/, name);
    if (name in plain) assert.doesNotMatch(text, /-1, .*detach/, name);
  }
});

test("and gives the same values and gradients, at zeros too", { skip }, () => {
  const given = compiled.flatMap(({ name, source, model }, i): ReadonlyArray<Exported> => {
    const drawn = [1, 0].map((least) => caseOf(name, model, i + 1, least, source));
    const [first] = drawn;
    const zeros = Object.fromEntries(
      Object.entries(first!.params).map(([path, values]) => [path, values.map(() => 0) as typeof values]),
    );
    return name in plain ? [...drawn, { ...first!, name: `${name}, of zeros`, params: zeros }] : drawn;
  });
  for (const { name, failure, outputs, loss, gradient, steps } of errorsOf(given)!) {
    assert.equal(failure, undefined, `${name}\n${failure}`);
    assert.ok(
      Math.max(outputs, loss, gradient, steps) < 1e-10,
      `${name}: ${JSON.stringify({ outputs, loss, gradient, steps })}`,
    );
  }
});

test("cells that differ in nothing but what is called in them are of one class", () => {
  const model = compiledProgram(`import GRU from "std"
model Two(n = 3) {
  axis t in 1..T
  input x[t] : R[n]
  h1[t] = GRU(n)(x[t])
  h2[t] = GRU(n)(h1[t])
  param v
  y[t] ~ normal(v^T h2[t], 1)
}`);
  const text = pytorchText(model.elaborated, { loss: "mean", sourceOf: () => undefined });
  assert.deepEqual(text.match(/^class \w+/gm), ["class GRU", "class Two"]);
});
