import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { brokenLines, widest, widthOf } from "../../src/views/latex/broken.ts";
import { latexName } from "../../src/views/latex/listing.ts";
import { nameText, spellings } from "../../src/views/latex/spelling.ts";
import { adjointOf, equationsOf } from "../../src/views/printed.ts";
import { sourceOrders } from "../../src/views/source-orders.ts";
import { compiledExample } from "../emit/examples.ts";
import { compiledProgram } from "../property/programs.ts";

const names: ReadonlyArray<readonly [name: string, latex: string]> = [
  ["Whh", "W_{hh}"],
  ["W_hf", "W_{hf}"],
  ["Wf", "W_f"],
  ["WC", "W_C"],
  ["W_alpha", "W_\\alpha"],
  ["W_out", "W_{\\mathrm{out}}"],
  ["sigma1", "\\sigma_1"],
  ["s0", "s_0"],
  ["alpha", "\\alpha"],
  ["θ", "\\theta"],
  ["h_tilde", "\\tilde{h}"],
  ["yhat", "\\hat{y}"],
  ["hbar", "\\bar{h}"],
  ["h_tilde_1", "\\tilde{h}_1"],
  ["keep", "\\mathrm{keep}"],
  ["keep_max", "\\mathrm{keep}_{\\mathrm{max}}"],
  ["h'", "h'"],
  ["z.2", "z^{(2)}"],
  ["enc.Uc", "U_c"],
];

for (const [name, latex] of names)
  test(`${name} is written ${latex}`, () => {
    assert.equal(latexName(name), latex);
  });

test("the small letter of a parameter has what follows it below, another name of two letters is a word", () => {
  const spelled = spellings([
    { name: "bz", isParameter: true, isWhole: false },
    { name: "id", isParameter: false, isWhole: false },
  ]);
  assert.deepEqual(
    [...spelled.values()].map((each) => nameText(each)),
    ["b_z", "\\mathrm{id}"],
  );
});

test("no two names of a program are written the same, whatever they are", () => {
  const word = fc.constantFrom(
    "W",
    "h",
    "Wh",
    "W_h",
    "Whh",
    "W_hh",
    "alpha",
    "α",
    "s0",
    "s_0",
    "bz",
    "h_hat",
    "hhat",
    "L",
    "x'",
  );
  const number = fc.constantFrom("", ".1", ".2");
  const path = fc.constantFrom("", "f.", "g.", "f.1.", "enc.f.");
  const name = fc.tuple(path, word, number).map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 12 }), fc.boolean(), (all, isParameter) => {
      const spelled = spellings(all.map((each) => ({ name: each, isParameter, isWhole: false })));
      assert.equal(new Set([...spelled.values()].map((each) => nameText(each))).size, all.length);
    }),
  );
});

const latexOf = (body: string, source = `model M {\n  axis t in 1..T\n${body}\n}`): string =>
  equationsOf(compiledProgram(source).elaborated, "latex", { orders: sourceOrders(source, "m.rnn") });

test("a cell's matrix is written as such, and above it the cell where another has one as well", () => {
  const one = latexOf(
    "  input x[t] : R[2]\n  output h[t] = LSTM(3)(x[t])",
    'import LSTM from "std"\nmodel M {\n  axis t in 1..T\n  input x[t] : R[2]\n  output h[t] = LSTM(3)(x[t])\n}',
  );
  assert.match(one, /g_t &= \\tanh\(W_c x_t \+ U_c h_\{t-1\} \+ b_c\)/);
  const two =
    'import RNN from "std"\nmodel M {\n  axis t in 1..T\n  input x[t] : R[2]\n  f[t] = RNN(3)(x[t])\n  output g[t] = RNN(3)(f[t])\n}';
  assert.match(latexOf("", two), /g_t &= \\tanh\(W\^\{\(g\)\} g_\{t-1\} \+ U\^\{\(g\)\} f_t \+ b\^\{\(g\)\}\)/);
});

test("a name that would read as another variable at an index is a word, unless it is that value", () => {
  const learned = "  param W, s0\n  s[0] = s0\n  output s[t] : R[2] = tanh(W s[t-1])";
  assert.equal(latexOf(learned), "\\begin{align*}\n  s_t &= \\tanh(W s_{t-1})\n\\end{align*}\n");
  const other = "  param W, s1\n  input x[t] : R[2]\n  s[t] : R[2] = tanh(W x[t] + s1)\n  output z = s[1]";
  assert.match(latexOf(other), /s_t &= \\tanh\(W x_t \+ \\mathrm\{s1\}\)/);
});

test("the logistic function and the loss give their letters to variables that have them", () => {
  const body = (name: string): string =>
    `  input x[t] : R\n  param ${name}\n  p[t] = sigmoid(${name} * x[t])\n  y[t] ~ bernoulli(p[t])`;
  assert.match(latexOf(body("w")), /p_t &= \\sigma\(w x_t\)[\s\S]*L &=/);
  assert.match(latexOf(body("sigma")), /p_t &= \\operatorname\{sigmoid\}\(\\sigma x_t\)/);
  assert.match(latexOf(body("L")), /\\mathcal\{L\} &=/);
});

test("equations stand in the order of the source, those of a cell where it is applied and in the cell's order", () => {
  const left = (text: string): ReadonlyArray<string> =>
    [...text.matchAll(/^ {2}(\S+) &(?:=|\\sim)/gm)].map(([, name]) => name!);
  const source = `import LSTM from "std"
model M {
  axis t in 1..T
  input x[t] : R[2]
  param V
  output p[t] : R[2] = softmax(V h[t])
  output q[t] = h[t]
  h[t] = LSTM(3)(e[t])
  e[t] = tanh(x[t])
  y[t] ~ categorical(p[t])
}`;
  assert.deepEqual(left(latexOf("", source)), [
    "p_t",
    "\\mathrm{keep}_t",
    "i_t",
    "o_t",
    "g_t",
    "c_0",
    "c_t",
    "h_0",
    "h_t",
    "e_t",
    "q_t",
    "y_t",
    "L",
  ]);
});

test("an output keeps its name though it is a variable of another name", () => {
  const text = equationsOf(
    compiledProgram("model M {\n  axis t in 1..T\n  input x[t] : R\n  h[t] = tanh(x[t])\n  output q[t] = h[t]\n}")
      .elaborated,
    "text",
  );
  assert.equal(text, "h[t] = tanh(x[t])\nq[t] = h[t]\n");
});

test("gradients stand in the order in which the parameters are declared", () => {
  const text = adjointOf(compiledExample("elman.rnn").elaborated, "text");
  const gradients = [...text.matchAll(/^∂(\w+) =/gm)].map(([, name]) => name!);
  assert.deepEqual(
    gradients,
    compiledExample("elman.rnn").elaborated.parameters.map(({ path }) => path),
  );
});

test("a long equation is broken before a plus outside of brackets, no line wider than a slide, and nothing is lost", () => {
  const mark = "\u0001";
  const term = fc.constantFrom("W_{hh} h_{t-1}", `\\tanh(a ${mark}+ b_{t})`, `(c_t ${mark}\\odot d_t)`, "x_t");
  fc.assert(
    fc.property(fc.array(term, { minLength: 1, maxLength: 30 }), (terms) => {
      const right = terms.join(` ${mark}+ `);
      const lines = brokenLines(right);
      assert.equal(lines.join(" "), right.replaceAll(mark, ""));
      for (const line of lines) assert.ok(widthOf(line) <= widest, line);
      for (const line of lines) assert.equal(line.split("(").length, line.split(")").length, line);
      for (const line of lines.slice(1)) assert.ok(line.startsWith("+ "), line);
    }),
  );
});

test("in numerator layout the adjoint of the lectures' network is a row times the Jacobian of a step", () => {
  const { elaborated } = compiledExample("elman.rnn");
  const by = (name: string): string => `\\frac{\\partial L}{\\partial ${name}}`;
  const rows = adjointOf(elaborated, "latex", { layout: "numerator" });
  for (const line of [
    `${by("s_t")} &= ${by("a_{t+1}")} W + ${by("o_t")} V`,
    `${by("a_t")} &= ${by("s_t")} \\operatorname{diag}(1 - s_t^2)`,
    `${by("W")} &= \\sum_{t=1}^T s_{t-1} ${by("a_t")}`,
  ])
    assert.ok(rows.includes(`  ${line}`), rows);
  const columns = adjointOf(elaborated, "latex", { layout: "denominator" });
  assert.equal(columns, adjointOf(elaborated, "latex"));
  assert.ok(columns.includes("\\nabla_{s_t} L &= W^\\top \\nabla_{a_{t+1}} L + V^\\top \\nabla_{o_t} L"), columns);
});
