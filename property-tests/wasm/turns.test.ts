import assert from "node:assert/strict";
import { test } from "node:test";
import type { Compiled } from "../../src/compile.ts";
import type { Params, Precision } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";

/** Recurrences of parameters alone: no example stands between one turn of their loops and the next. */
const sources = {
  "a scalar recurrence along a fixed axis": `model M {
  axis i in 1..11
  axis t in 1..T
  input x[t] : R
  param w ~ normal(0, 1)
  a[0] = 1
  a[i] = w * a[i-1] + 0.3
  minimize sum[t](sum[i](tanh(a[i] * x[t])))
}
`,
  "a matrix made anew at each turn": `model M(n = 6) {
  axis i in 1..5
  input x : R[n]
  param V, W : R[n,n] ~ normal(0, 0.5)
  a[0] = W
  a[i] : R[n,n] = tanh(b[i] c[i])
  b[i] = tanh(V a[i-1])
  c[i] = tanh(W a[i-1])
  minimize sumsq(a[5] x)
}
`,
};

const examples = {
  "a scalar recurrence along a fixed axis": [0.5, -1, 2, 0.1, 1].map((value) => ({ x: [value, 1, value] })),
  "a matrix made anew at each turn": [0.5, -1, 2, 0.1, 1].map((value) => ({ x: [value, 1, value, 0, -1, 0.2] })),
};

const gradientOf = (model: Compiled, name: keyof typeof sources): ReadonlyArray<number> => {
  const params = Object.fromEntries(
    Object.entries(model.init(1)).map(([path, values]) => [path, values.map((_, i) => 0.7 - 0.05 * ((7 * i) % 11))]),
  );
  const { loss, gradient } = model.gradient(params as Params, model.pack(examples[name]));
  return [
    model.loss(params as Params, model.pack(examples[name])),
    loss,
    ...Object.values(gradient).flatMap((values) => Array.from(values)),
  ];
};

const tolerance: { readonly [P in Precision]: number } = { f32: 1e-5, f64: 1e-12 };

for (const name of Object.keys(sources) as ReadonlyArray<keyof typeof sources>)
  for (const precision of ["f32", "f64"] as const)
    test(`in WebAssembly no turn of a loop goes before the one that it reads: ${name} (${precision})`, () => {
      const expected = gradientOf(compiledProgram(sources[name], { target: "js" }), name);
      const found = gradientOf(compiledProgram(sources[name], { target: "wasm", precision }), name);
      found.forEach((value, i) => {
        assert.ok(
          Math.abs(value - expected[i]!) <= tolerance[precision] * (1 + Math.abs(expected[i]!)),
          `${i}: ${value}, not ${expected[i]}`,
        );
      });
    });
