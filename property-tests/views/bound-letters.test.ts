import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import type { Model } from "../../src/circuit/model.ts";
import { parse } from "../../src/syntax/parse.ts";
import type { Statement } from "../../src/syntax/tree.ts";
import { referencesIn } from "../../src/views/equations/references.ts";
import { adjointOf, equationsOf } from "../../src/views/printed.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { often } from "../often.ts";
import { programs } from "../programs/arbitrary.ts";
import { compiledProgram } from "../property/programs.ts";

/** What sums, means and maxima bind where a letter stands for something else already. */
const boundTwice = (text: string): ReadonlyArray<string> => {
  const program = parse(text, "m.rnn");
  assert.ok(E.isRight(program), text);
  const [model] = program.right.definitions;
  assert.ok(model?.tag === "model");
  return model.body.flatMap((statement: Statement) => {
    if (statement.tag !== "equation") return [];
    const free = statement.targets.flatMap(({ indices }) => indices.flatMap(referencesIn).map(({ name }) => name));
    return boundIn(statement.value, new Set(free)).map((letter) => `${letter} in ${text}`);
  });
};

const boundIn = (part: unknown, free: ReadonlySet<string>): ReadonlyArray<string> => {
  if (typeof part !== "object" || part === null) return [];
  const { tag, target } = part as { readonly tag?: string; readonly target?: { readonly tag: string } };
  const over = tag === "apply" && target?.tag === "index" ? referencesIn(target as never) : [];
  const isBinding = over.length > 0 && over[0]!.name !== "softmax";
  const bound = isBinding ? over[0]!.indices.flatMap(referencesIn).map(({ name }) => name) : [];
  const within = new Set([...free, ...bound]);
  return [
    ...bound.filter((letter) => free.has(letter)),
    ...Object.entries(part).flatMap(([key, each]) => (key === "target" && isBinding ? [] : boundIn(each, within))),
  ];
};

const mustBeApart = (model: Model): void => {
  for (const print of [equationsOf, adjointOf]) {
    const text = print(model, "rnn");
    if (text !== "" && !text.startsWith("//")) assert.deepEqual(boundTwice(text), []);
  }
};

test("what is bound by a sum has another letter than the indices of its equation, and than what is bound around it", () => {
  for (const name of exampleNames) mustBeApart(compiledExample(name).elaborated);
  fc.assert(
    fc.property(programs({ smooth: true, tame: true }), ({ source }) =>
      mustBeApart(compiledProgram(source).elaborated),
    ),
    { numRuns: often(60, 10) },
  );
});

const normalised = compiledProgram(`model M {
  axis j in 1..T
  input x[j] : R[2]
  param w : R[2]
  e[j] = w^T x[j]
  a[j] = exp(e[j]) / sum[j](exp(e[j]))
  minimize sum[j](a[j] * e[j])
}`).elaborated;

test("the letter is that of another index, with the limits of the axis that it stands for", () => {
  assert.match(equationsOf(normalised, "latex"), /a_j &= .*\\sum_\{k=1\}\^T \\exp\(?e_k/);
  assert.match(equationsOf(normalised, "text"), /a\[j\] = exp\(e\[j\]\) \/ sum\[k\]\(exp\(e\[k\]\)\)/);
  assert.match(equationsOf(normalised, "rnn"), /axis j in 1\.\.T\n {2}axis k in 1\.\.T\n/);
  const times = compiledExample("which-year.rnn").elaborated;
  assert.match(adjointOf(times, "text"), /\[t\] = \(sum\[s\]\(.*a\[s\]\)/);
});

test("a letter that stands for something else is not taken", () => {
  const { elaborated } = compiledProgram(`model M {
    axis j in 1..T
    input x[j], k : R
    a[j] = x[j] / sum[j](x[j] * k)
    output a
  }`);
  assert.match(equationsOf(elaborated, "text"), /a\[j\] = x\[j\] \/ sum\[l\]\(x\[l\] \* k\)/);
});

test("a derivative within a model is written as one, of what and by what it is", () => {
  const penalty = adjointOf(compiledExample("gradient-penalty.rnn").elaborated, "latex");
  assert.ok(
    penalty.includes(
      "\\nabla_{(\\partial_{x_t} \\mathrm{score})} L &= 0.2 \\frac{\\partial \\mathrm{score}}{\\partial x_t}",
    ),
    penalty,
  );
  assert.doesNotMatch(penalty, /by/);
  const rows = adjointOf(compiledExample("gradient-penalty.rnn").elaborated, "latex", { layout: "numerator" });
  assert.doesNotMatch(rows, /by/);
  // What the user called so is a name as others.
  const own = compiledProgram(`model M { axis t in 1..T
    input x[t] : R
    score = sum[t](x[t]^2)
    score_by_x[t] = 2 * x[t]
    g[t] = grad(score, x[t])
    output d[t] = g[t] - score_by_x[t]
  }`).elaborated;
  assert.match(equationsOf(own, "latex"), /\\mathrm\{score\}_\{by,x,t\} &= 2 x_t/);
});
