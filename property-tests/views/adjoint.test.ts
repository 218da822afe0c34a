import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { adjointOf } from "../../src/views/printed.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { often, someOf } from "../often.ts";
import { programs } from "../programs/arbitrary.ts";
import { compiledProgram } from "../property/programs.ts";
import { isKept, printedModels } from "./kept.ts";
import { adjointMeansTheGradient, leastLength } from "./meaning.ts";

test("the adjoint of Elman's network is the slide's, with its base case at T", () => {
  const lines = adjointOf(compiledExample("elman.rnn").elaborated, "text").split("\n");
  for (const line of [
    "∂o[t] = p[t] - onehot(y[t])",
    "∂s[T] = V^T ∂o[T]",
    "∂s[t] = W^T ∂a[t+1] + V^T ∂o[t]",
    "∂a[t] = ∂s[t] * (1 - s[t]^2)",
    "∂W = sum[t](outer(∂a[t], s[t-1]))",
    "∂U = sum[t](outer(∂a[t], x[t]))",
    "∂V = sum[t](outer(∂o[t], s[t]))",
    "∂b = sum[t](∂a[t])",
    "∂c = sum[t](∂o[t])",
  ])
    assert.ok(lines.includes(line), line);
});

test("where the hidden state's sum has no name, its adjoint carries the diagonal of tanh's derivative", () => {
  const source = `model M { axis t in 1..T
  input x[t], d[t] : R[2]
  param U, W, V
  h[0] = 0
  h[t] : R[3] = tanh(W h[t-1] + U x[t])
  o[t] = V h[t]
  minimize 0.5 * sum[t](sumsq(o[t] - d[t])) }`;
  const text = adjointOf(compiledProgram(source).elaborated, "text");
  assert.ok(text.includes("∂h[T] = V^T ∂o[T]\n∂h[t] = W^T (∂h[t+1] * (1 - h[t+1]^2)) + V^T ∂o[t]\n"), text);
});

for (const name of someOf(exampleNames)) {
  test(`the adjoint of ${name} as a program gives the gradient`, () => {
    const { elaborated } = compiledExample(name);
    adjointMeansTheGradient(elaborated, Math.max(2, leastLength(elaborated)));
  });
}

test("the adjoint of a random program is a program that gives the gradient, however short its sequences", () => {
  fc.assert(
    fc.property(programs({ smooth: true, tame: true }), fc.nat(3), ({ source }, length) => {
      const { elaborated } = compiledProgram(source);
      adjointMeansTheGradient(elaborated, Math.max(length, leastLength(elaborated)));
    }),
    { numRuns: often(40) },
  );
});

test("without a loss there is no adjoint to print", () => {
  const { elaborated } = compiledProgram("model M { axis t in 1..T\n input x[t] : R\n output y[t] = x[t] }");
  for (const format of ["text", "latex", "rnn"] as const) assert.equal(adjointOf(elaborated, format), "");
});

for (const [name, model] of printedModels) {
  test(`the adjoint of ${name} reads as it was reviewed`, () => {
    isKept(`${name}.adjoint.txt`, (format) => adjointOf(model(), format));
  });
}
