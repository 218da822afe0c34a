import assert from "node:assert/strict";
import { test } from "node:test";
import { agreesWithDifferences, compiledOf } from "./differences.ts";
import { body, close, modelOf, valuesOf } from "./programs.ts";

const choices = body(`input x[t] : R
input w[t] : symbol[3]
param a, b : R ~ normal(0, 1)
i[t] = if t == 1 then a * x[t] else if t == T then b * x[t] else a + b
s[t] = if w[t] == 2 then a else b * x[t]
r[t] = if x[t] > 0 and not (w[t] == 1) then exp(a * x[t]) else b
k = if n > 2 then a else b
output o[t] = [i[t]; s[t]; r[t]; k]
minimize sum[t](sumsq(o[t]))`);

test("a choice by an index, a symbol, a number or a static condition takes the branch that holds", () => {
  const [a, b] = [0.3, -0.7];
  const x = [0.5, -1, 2, 0.25];
  const w = [0, 2, 1, 2];
  const found = valuesOf(modelOf(choices), { parameters: { a: [a], b: [b] }, inputs: { x, w }, lengths: { T: 4 } });
  const expected = x.flatMap((value, t) => [
    t === 0 ? a * value : t === 3 ? b * value : a + b,
    w[t] === 2 ? a : b * value,
    value > 0 && w[t] !== 1 ? Math.exp(a * value) : b,
    a,
  ]);
  close(found.o!, expected);
});

test("the gradient flows through the branch that is taken", () => {
  const compiled = compiledOf(choices);
  const batch = compiled.pack([
    { x: [0.5, -1, 2, 0.25], w: [0, 2, 1, 2] },
    { x: [-0.5], w: [1] },
  ]);
  agreesWithDifferences(compiled, batch);
});

const eos = 1;
const words = `model Words(V = 4, eos = ${eos}, sos = 0) {
  axis i in 1..N until y[i] == eos
  param A : R[V,V] ~ normal(0, 1)
  y[0] = sos
  output p[i] = softmax(A[y[i-1]])
  y[i] : symbol[V] ~ categorical(p[i])
}`;

test("the loss counts the symbol that ends a sequence, and nothing after the data", () => {
  const { init, pack, loss } = compiledOf(words);
  const params = init(2);
  const rows = [0, 1, 2, 3].map((row) => Array.from(params.A!).slice(4 * row, 4 * row + 4));
  const surprise = (y: ReadonlyArray<number>): number =>
    y.reduce((sum, symbol, i) => {
      const row = rows[i === 0 ? 0 : y[i - 1]!]!;
      return sum + Math.log(row.reduce((total, value) => total + Math.exp(value), 0)) - row[symbol]!;
    }, 0);
  const sequences = [[2, 3, eos], [eos], [3, 2, 2, 2, eos]];
  const expected = sequences.map(surprise).reduce((sum, value) => sum + value, 0) / sequences.length;
  close([loss(params, pack(sequences.map((y) => ({ y }))))], [expected]);
});

test("what is generated ends with the first symbol that ends a sequence, or at the longest allowed", () => {
  const { init, generate } = compiledOf(words);
  for (const drawn of generate(init(2), { seed: 1, size: 20, length: 6 }).values.y!) {
    const end = drawn.indexOf(eos);
    assert.ok(end === -1 ? drawn.length === 6 : end === drawn.length - 1, drawn.join());
  }
});

test("outputs are declared where they are defined, or apart, or with several names; of a family, by its member", () => {
  const model = modelOf(
    body(`input x[t] : R
output a[t] = x[t]
b[t] = 2 * x[t]
c = 3
output b[t], c
z[0,t] = x[t]
for l in 1..2 { z[l,t] = 10 * z[l-1,t] }
output z[2,t]`),
  );
  const { a, b, c, "z.2": z } = valuesOf(model, { parameters: {}, inputs: { x: [1, 2] }, lengths: { T: 2 } });
  assert.deepEqual({ a, b, c, z }, { a: [1, 2], b: [2, 4], c: [3], z: [100, 200] });
});

test("an input, a parameter, a noise or a state that influences nothing is a warning each; what is used is none", () => {
  const unused = "input u[t] : R\nparam W\nnoise m : normal\ns[t] = 2 * u[t]\n";
  const { warnings } = modelOf(body(`${unused}input x[t] : R\nparam a\noutput b[t] = a * x[t]`));
  assert.deepEqual(
    warnings.map(({ code, severity, message }) => `${code} ${severity} ${message.split(" ").slice(0, 3).join(" ")}`),
    ["input `u`", "parameter `W`", "noise `m`", "state `s`", "static parameter"].map(
      (what) => `RNN150 warning The ${what}`,
    ),
  );
});
