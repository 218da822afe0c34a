import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { equationsOf } from "../../src/views/printed.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { often } from "../often.ts";
import { programs } from "../programs/arbitrary.ts";
import { compiledProgram } from "../property/programs.ts";
import { isKept, printedModels } from "./kept.ts";
import { adjointMeansTheGradient, equationsMeanTheModel, leastLength } from "./meaning.ts";

for (const name of exampleNames) {
  test(`the equations of ${name} as a program mean the model`, () => {
    const { elaborated } = compiledExample(name);
    equationsMeanTheModel(elaborated, Math.max(2, leastLength(elaborated)));
  });
}

test("the equations of a random program are a program that means the same, however short its sequences", () => {
  fc.assert(
    fc.property(programs({ smooth: false, tame: true }), fc.nat(3), ({ source }, length) => {
      const { elaborated } = compiledProgram(source);
      equationsMeanTheModel(elaborated, Math.max(length, leastLength(elaborated)));
    }),
    { numRuns: often(40) },
  );
});

for (const [name, model] of printedModels) {
  test(`the equations of ${name} read as they were reviewed`, () => {
    isKept(`${name}.equations.txt`, (format) => equationsOf(model(), format));
  });
}

test("what is the same at all positions is told apart from its boundary by a choice", () => {
  for (const [delay, choice] of [
    ["a[t-1]", "if t <= 1 then 0 else a"],
    ["a[t-2]", "if t <= 2 then 0 else a"],
    ["a[t+1]", "if t > T - 1 then 0 else a"],
  ]) {
    const { elaborated } = compiledProgram(
      `model M { axis t in 1..T\n input x[t] : R[2]\n param p : R[2] = 1\n a[t] : R[2] = tanh(p)\n a[_] = 0\n output b[t] = ${delay} * x[t]\n minimize sum[t](sum(b[t])) }`,
    );
    assert.match(
      equationsOf(elaborated, "text"),
      new RegExp(`^b\\[t\\] = \\(${choice!.replace(/[+]/g, "\\+")}\\) \\* x\\[t\\]$`, "m"),
    );
    for (const length of [0, 1, 2, 3]) {
      equationsMeanTheModel(elaborated, length);
      adjointMeansTheGradient(elaborated, length);
    }
  }
});

test("a variable that a user indexed in another order than its axes are declared keeps it where it is told", () => {
  const { elaborated } = compiledProgram(
    "model M { axis t in 1..T\n axis i in 1..N\n input x[t] : R\n input z[i] : R\n output e[i,t] = x[t] * z[i] }",
  );
  assert.equal(equationsOf(elaborated, "text"), "e[t,i] = x[t] * z[i]\n");
  assert.equal(equationsOf(elaborated, "text", { orders: new Map([["e", ["i", "t"]]]) }), "e[i,t] = x[t] * z[i]\n");
});

test("what guards against an axis that is empty does not show where the equation stands over one as long", () => {
  const equations = [
    "y[t] = e[t] - mean[u](e[u])",
    "y[t] = e[t] / sqrt(mean[u](sumsq(e[u])))",
    "y[t] = e[t] - logsumexp[u](e[u])",
    "y[t] = e[t] + v / T",
  ];
  for (const equation of equations) {
    const { elaborated } = compiledProgram(
      `model M { axis t in 1..T\n axis u in 1..T\n input e[t] : R[2]\n param v : R[2]\n output ${equation} }`,
    );
    assert.equal(equationsOf(elaborated, "text"), `${equation}\n`);
    equationsMeanTheModel(elaborated, 0);
  }
});

test("a program shows what guards against an axis that is empty where an equation stands over none as long", () => {
  const { elaborated } = compiledProgram(
    "model M { axis t in 1..T\n axis u in 1..T\n input x[t] : R[2]\n output y[t] = tanh(mean[u](x[u])) }",
  );
  equationsMeanTheModel(elaborated, 0);
  assert.match(equationsOf(elaborated, "rnn"), /sum\[u\]\(x\[u\]\) \/ \(if T != 0 then T else 1\)/);
});

test("a product over positions is written as one, of components and of products within products too; a user's own recurrence is not", () => {
  const body = (equations: string) => `model M(n = 2) {
  axis t in 1..T
  axis s in 1..S
  axis k in 1..3
  input x[t] : R[n]
  input z[s,t] : R
  ${equations}
}
`;
  const told = (equations: string): string => equationsOf(compiledProgram(body(equations)).elaborated, "text");
  assert.match(told("output p = prod[t](tanh(x[t]))"), /^p = prod\[t\]\(tanh\(x\[t\]\)\)$/m);
  assert.match(told("output p[s] = prod[t](z[s,t])"), /^p\[s\] = prod\[t\]\(z\[s,t\]\)$/m);
  assert.match(told("output p = sum[s](prod[t](z[s,t]))"), /^p = sum\[s\]\(prod\[t\]\(z\[s,t\]\)\)$/m);
  assert.match(told("output p = prod[s,t](z[s,t])"), /^p = prod\[[st]\]\(prod\[[st]\]\(z\[s,t\]\)\)$/m);
  assert.match(told("output p = prod[k](k * x[T])"), /^p = prod\[k\]\(.*\)$/m);
  const own = told("p[0] = 1\n  output p[t] : R[n] = p[t-1] * x[t]\n  output q = p[T]");
  assert.doesNotMatch(own, /prod/);
  for (const equations of ["output p = sum[s](prod[t](z[s,t]))\n  minimize p", "minimize sum(prod[t](x[t]))"])
    for (const length of [0, 1, 3]) equationsMeanTheModel(compiledProgram(body(equations)).elaborated, length);
});
