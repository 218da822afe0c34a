import assert from "node:assert/strict";
import { test } from "node:test";
import { mustAgree } from "../../src/property/law.ts";
import { compiled, outputsOf, paramsOf, refusal, sequence } from "../std/compiled.ts";

const layers = `z[0,t] = x[t]
  for l in 1..3 {
    z[l,t] = RNN(2)(z[l-1,t])
  }`;

const model = (
  family: string,
  ...lines: ReadonlyArray<string>
): string => `${family.includes("RNN") ? 'import RNN from "std"\n' : ""}model M {
  axis t in 1..T
  axis k in 1..3
  input x[t] : R[2]
  ${family}
${lines.map((line) => `  ${line}\n`).join("")}}
`;

/** What is said by an axis, and the same member by member. */
const laws: Readonly<
  Record<string, readonly [family: string, counted: ReadonlyArray<string>, written: ReadonlyArray<string>]>
> = {
  "a sum over layers": [
    layers,
    ["output s[t] = sum[k](k * z[k,t])"],
    ["output s[t] = 1 * z[1,t] + 2 * z[2,t] + 3 * z[3,t]"],
  ],
  "attention over layers": [
    layers,
    ["param q : R[2] ~ normal(0, 1)", "a[k,t] = softmax[k](dot(q, z[k,t]))", "output s[t] = sum[k](a[k,t] * z[k-1,t])"],
    [
      "param q : R[2] ~ normal(0, 1)",
      "e[t] = [dot(q, z[1,t]); dot(q, z[2,t]); dot(q, z[3,t])]",
      "a[t] = softmax(e[t])",
      "output s[t] = a[t][1] * z[0,t] + a[t][2] * z[1,t] + a[t][3] * z[2,t]",
    ],
  ],
  "the last value of each layer, back one position": [
    layers,
    ["output s[t] = max[k](z[k,t-1] * z[k,T])"],
    ["output s[t] = max(max(z[1,t-1] * z[1,T], z[2,t-1] * z[2,T]), z[3,t-1] * z[3,T])"],
  ],
  "a mixture, whose parts are parameters": [
    "for l in 1..3 {\n    param mu[l] : R[2] ~ normal(0, 1)\n    param pi[l] : R ~ normal(0, 1)\n  }",
    ["output s[t] = logsumexp[k](pi[k] - sumsq(x[t] - mu[k]))"],
    [
      "output s[t] = logsumexp([pi[1] - sumsq(x[t] - mu[1]); pi[2] - sumsq(x[t] - mu[2]); pi[3] - sumsq(x[t] - mu[3])])",
    ],
  ],
  "two indices of a family by two axes": [
    "axis j in 1..2\n  for l in 1..3 {\n    for m in 0..2 {\n      w[l,m,t] = l * tanh(m * x[t])\n    }\n  }",
    ["output s[t] = sum[k,j](w[k,j,t] * j) + sum[k](w[k,0,t])"],
    [`output s[t] = ${[1, 2, 3].map((l) => `w[${l},1,t] + 2 * w[${l},2,t] + w[${l},0,t]`).join(" + ")}`],
  ],
};

for (const [law, [family, counted, written]] of Object.entries(laws))
  test(`members read by an axis are what each is by its number: ${law}`, () => {
    const loss = "minimize sum[t](sumsq([s[t]; 1]) * t)";
    const used = (lines: ReadonlyArray<string>): ReadonlyArray<string> => [...lines, loss];
    const without = (source: string): string =>
      source.replace("  axis k in 1..3\n", "").replace("  axis j in 1..2\n", "");
    for (const target of ["js", "wasm"] as const) {
      const one = compiled(model(family, ...used(counted)), { target, wrt: ["x"] });
      const other = compiled(without(model(family, ...used(written))), { target, wrt: ["x"] });
      const params = paramsOf(other.model, 4);
      const examples = [3, 1].map((length) => ({ x: sequence(length, length, 2) }));
      for (const example of examples)
        mustAgree("s", outputsOf(one, params, example).s!, outputsOf(other, params, example).s!, 1e-12);
      const [found, expected] = [one, other].map((made) => made.gradient(params, made.pack(examples)));
      mustAgree("the loss", [found!.loss], [expected!.loss], 1e-12);
      for (const [path, values] of Object.entries(expected!.gradient))
        mustAgree(`the gradient by ${path}`, found!.gradient[path]!, values, 1e-11);
    }
  });

test("an axis beyond the family, one of run-time length, and members of two shapes are errors", () => {
  const codes = (source: string): ReadonlyArray<string> => [...new Set(refusal(source).map(({ code }) => code))];
  assert.deepEqual(codes(model(layers, "output s[t] = sum[k](z[k+1,t])")), ["RNN101"]);
  assert.deepEqual(codes(model(layers, "output s[t] = sum[k](z[k-2,t])")), ["RNN101"]);
  assert.deepEqual(codes(model(layers, "axis i in 1..I", "input y[i] : R", "output s[t] = sum[i](z[i,t] * y[i])")), [
    "RNN108",
  ]);
  const shapes = "for l in 1..3 {\n    param w[l] : R[l]\n  }";
  assert.deepEqual(codes(model(shapes, "output s[k] = sum(w[k])")), ["RNN130"]);
});
