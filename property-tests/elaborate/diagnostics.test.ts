import assert from "node:assert/strict";
import { test } from "node:test";
import { reductions } from "../../src/elaborate/functions.ts";
import { mistakesOfForm, x } from "./mistakes.ts";
import { mistakesOfMeaning } from "./mistakes-of-meaning.ts";
import { body, diagnosticsOf, modelOf, placeOf } from "./programs.ts";

for (const { law, source, code, at, says, statics } of [...mistakesOfForm, ...mistakesOfMeaning])
  test(`${law} (${code})`, () => {
    const found = diagnosticsOf(source, statics);
    const diagnostic = found.find((other) => other.code === code);
    const all = found.map((other) => `${other.code} ${other.message}`).join("\n");
    assert.ok(diagnostic !== undefined, all);
    assert.equal(found.length, 1, `more than one:\n${all}`);
    assert.equal(placeOf(source, diagnostic), at);
    const text = [diagnostic.message, ...diagnostic.labels.map((label) => label.text), diagnostic.hint].join("\n");
    assert.match(text, says);
  });

test("independent mistakes are told at once", () => {
  const source = body(`${x}a[t] = foo + 1\nb[t] = x[t] + [x[t]; 1]\nc[t] = c[t-1]\noutput d[t] = d[t]`);
  const codes = diagnosticsOf(source).map(({ code }) => code);
  assert.deepEqual([...codes].sort(), ["RNN101", "RNN130", "RNN133", "RNN134"]);
});

test("of a name that is not known its indices are no second mistake, but for what is not known in them", () => {
  for (const index of ["t-1", "t", "0", "9", "x[t]", "t,t-1"]) {
    const codes = diagnosticsOf(body(`${x}output a[t] = x[t] + foo[${index}]`)).map(({ code }) => code);
    assert.deepEqual(codes, ["RNN101"], index);
  }
  const both = diagnosticsOf(body(`${x}output a[t] = x[t] + foo[bar]`)).map(({ message }) => message);
  assert.equal(both.length, 2);
});

test("what reads a mistake is no second one, however it is used", () => {
  const wrong: Readonly<Record<string, readonly [statement: string, at: string]>> = {
    "an unknown name": ["h[t] = tanh(Wa x[t])", "Wa"],
    "too many arguments": ["h[t] = GRU(n)(x[t], x[t])", "GRU(n)(x[t], x[t])"],
    "an unknown cell": ["h[t] = Gru(n)(x[t])", "Gru"],
    "a product that does not fit": ["param V : R[n,3]\nh[t] = tanh(V x[t])", "V x[t]"],
    "a mistake before the start": ["param U\nh[0] = Wa\nh[t] = tanh(U h[t-1])", "Wa"],
    "a part of a mistake": ["[h[t]; k[t]] = Wa x[t]", "Wa"],
  };
  const uses = [
    "output a[t] = h[t] + x[t] - h[t] + z[t]",
    "output a[t] = h[t] + x[t]\noutput b[t] = h[t] + z[t]",
    "output a[t] : R[5] = 1 - h[t]\noutput b[t] : R[6] = h[t]",
    "output a[t] = dot(h[t], x[t]) + dot(h[t], z[t])",
    "output a[t] = softmax(h[t])[t] + h[t]^T x[t]",
    "e[t] = h[t] * 2\noutput a[t] = GRU(n)(e[t]) + e[t]",
    "y[t] : R[7] ~ normal(h[t], 1)\nminimize sum[t](h[t])",
  ];
  for (const [name, [statement, at]] of Object.entries(wrong))
    for (const use of uses) {
      const source = `import GRU from "std"\n${body(`${x}input z[t] : R[9]\n${statement}\n${use}`)}`;
      const found = diagnosticsOf(source);
      assert.equal(found.length, 1, `${name}: ${use}: ${found.map(({ message }) => message).join(" ")}`);
      assert.equal(placeOf(source, found[0]!), at, `${name}: ${use}`);
    }
});

test("what a mistake has nothing to do with is a mistake of its own, whatever is supposed of the rest", () => {
  const source = body(
    `${x}input z[t] : R[9]\nparam V : R[n,3]\na[t] = V x[t] + x[t]\nb[t] : R[2] = a[t]\noutput c[t] = b[t] + (x[t] + z[t])\noutput d[t] = b[t] + x[t]\noutput f[t] = a[t]`,
  );
  assert.deepEqual(
    diagnosticsOf(source).map((found) => placeOf(source, found)),
    ["V x[t]", "(x[t] + z[t])", "b[t] + x[t]"],
  );
});

test("a mistake inside a cell is told with the place where the cell is applied", () => {
  const source = `cell C(x[t]) -> h[t] { h[t] = x[t] + foo }\n${body(`${x}output a[t] = C(x[t])`)}`;
  const [first] = diagnosticsOf(source);
  assert.equal(placeOf(source, first!), "foo");
  assert.match(first!.labels.map(({ text }) => text).join(), /`C` is applied here/);
});

test("what influences nothing is a warning", () => {
  const { warnings } = modelOf(body(`${x}param W\ns[t] = n * x[t]\noutput a[t] = x[t]`));
  assert.deepEqual(
    warnings.map(({ code, severity, message }) => [code, severity, message]),
    [
      ["RNN150", "warning", "The parameter `W` influences no output and no loss."],
      ["RNN150", "warning", "The state `s` influences no output and no loss."],
    ],
  );
});

test("a mistake inside a cell of another file is shown first where the user applies the cell, then inside it", () => {
  const source = `import GRU from "std"\n${body(`input w[t] : symbol[3]\noutput h[t] = GRU(n)(w[t])`)}`;
  const [first] = diagnosticsOf(source);
  assert.equal(first!.code, "RNN130");
  assert.equal(placeOf(source, first!), "GRU(n)(w[t])");
  assert.equal(first!.labels[0].text, "`GRU` is applied here");
  assert.match(first!.labels[1]!.span.file, /^std/);
});

const large: Readonly<Record<string, readonly [statements: string, at: string]>> = {
  "a parameter": ["param W : R[100000,100000]\ninput x[t] : R[100000]\noutput y[t] = W x[t]", "W"],
  "a value in an expression": ["input x[t] : R[100000]\noutput y[t] = sum(outer(x[t], x[t]))", "outer(x[t], x[t])"],
  "a variable over axes of fixed size": ["axis i in 1..100000\naxis j in 1..100000\noutput y[i,j] = i * j", "y[i,j]"],
  "a sum over axes of fixed size": ["axis i in 1..100000\naxis j in 1..100000\noutput y = sum[i,j](i * j)", "i * j"],
  "all parameters together": ["for l in 1..9 { param W[l] : R[6000,6000]\noutput y[l] = sum(W[l]) }", "M"],
};

for (const [name, [statements, at]] of Object.entries(large))
  test(`the size of ${name} has a limit`, () => {
    const source = body(statements);
    assert.deepEqual(
      diagnosticsOf(source).map((found) => [found.code, placeOf(source, found)]),
      [["RNN110", at]],
    );
  });

test("a number along an axis is reduced over that axis: the hint says how", () => {
  const hintOf = (statements: string): string | undefined => diagnosticsOf(body(`${x}${statements}`))[0]?.hint;
  for (const fn of reductions) {
    assert.equal(hintOf(`e[t] = sum(x[t])\noutput a[t] = ${fn}(e[t])`), `Did you mean \`${fn}[t](…)\`?`);
    assert.match(
      hintOf(`e[t] = sum(x[t])\noutput a = 1 + ${fn}(2 * e[t])`)!,
      new RegExp(`^Did you mean \`${fn}\\[t\\]`),
    );
    assert.equal(hintOf(`e = sum[t](sum(x[t]))\noutput a = ${fn}(e)`), undefined);
  }
});
