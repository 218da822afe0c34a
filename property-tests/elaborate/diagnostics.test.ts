import assert from "node:assert/strict";
import { test } from "node:test";
import { body, diagnosticsOf, modelOf, placeOf } from "./programs.ts";

interface Mistake {
  readonly law: string;
  readonly source: string;
  readonly code: string;
  /** What the first label underlines. */
  readonly at: string;
  readonly says: RegExp;
  readonly statics?: Readonly<Record<string, number>>;
}

const x = "input x[t] : R[4]\n";

const mistakes: ReadonlyArray<Mistake> = [
  {
    law: "an unknown name is told with the nearest known one",
    source: body(`${x}output h[t] = tnah(x[t])`),
    code: "RNN101",
    at: "tnah",
    says: /Did you mean `tanh`/,
  },
  {
    law: "a variable is defined once",
    source: body(`${x}a[t] = x[t]\na[t] = 2 * x[t]`),
    code: "RNN102",
    at: "a[t]",
    says: /first defined here/,
  },
  {
    law: "a parameter and a variable cannot share a name",
    source: body(`${x}param a : R\na[t] = x[t]`),
    code: "RNN102",
    at: "a[t]",
    says: /`a` is defined twice/,
  },
  {
    law: "a boundary is stated once",
    source: body("h[0] = 0\nh[0] = 1\noutput h[t] = h[t-1]"),
    code: "RNN102",
    at: "h[0]",
    says: /`h\[0\]` is defined twice/,
  },
  {
    law: "an import must exist",
    source: `import LTSM from "std"\n${body("")}`,
    code: "RNN104",
    at: "LTSM",
    says: /Did you mean `LSTM`/,
  },
  {
    law: "only known files are imported",
    source: `import A from "./a.rnn"\n${body("")}`,
    code: "RNN105",
    at: '"./a.rnn"',
    says: /cannot be imported/,
  },
  {
    law: "a static parameter without default must be given",
    source: "model M(n) { input x : R[n] }",
    code: "RNN106",
    at: "M",
    says: /--set n=32/,
  },
  {
    law: "only the model's static parameters are given",
    source: body(""),
    statics: { m: 3 },
    code: "RNN107",
    at: "M",
    says: /no static parameter `m`/,
  },
  {
    law: "a size is known when compiling",
    source: body("input z : R\ninput v : R[z]"),
    code: "RNN108",
    at: "z",
    says: /known when compiling/,
  },
  { law: "a size is an integer", source: body("input v : R[n / 2]"), code: "RNN109", at: "n / 2", says: /1\.5/ },
  { law: "a size is at least 1", source: body("input v : R[n - 3]"), code: "RNN109", at: "n - 3", says: /0/ },
  {
    law: "a family is not endless",
    source: body("for l in 1..100000 { z[l,t] = 1 }"),
    code: "RNN110",
    at: "100000",
    says: /limit is 10000/,
  },
  {
    law: "a variable has all its indices",
    source: body(`${x}output a[t] = tanh(x)`),
    code: "RNN111",
    at: "x",
    says: /1 index/,
  },
  {
    law: "an index is an axis",
    source: body(`${x}output a[t] = x[s]`),
    code: "RNN112",
    at: "s",
    says: /axes here are `t`/,
  },
  {
    law: "an index is bound",
    source: "model M { axis t in 1..T\n axis j in 1..T\n input x[t] : R\n output a[t] = x[j] }",
    code: "RNN113",
    at: "x[j]",
    says: /sum\[j\]/,
  },
  {
    law: "an index fits the axis of the variable",
    source: "model M { axis t in 1..T\n axis j in 1..J\n input x[t] : R\n output a[j] = x[j] }",
    code: "RNN114",
    at: "j",
    says: /not as long/,
  },
  {
    law: "a cell is no value",
    source: `import GRU from "std"\n${body(`output a = GRU`)}`,
    code: "RNN116",
    at: "GRU",
    says: /is a cell/,
  },
  {
    law: "a function has its number of arguments",
    source: body(`${x}output a[t] = tanh(x[t], x[t])`),
    code: "RNN118",
    at: "tanh(x[t], x[t])",
    says: /one argument/,
  },
  {
    law: "a cell has its number of arguments",
    source: `import GRU from "std"\n${body(`${x}output a[t] = GRU(n)(x[t], x[t])`)}`,
    code: "RNN118",
    at: "GRU(n)(x[t], x[t])",
    says: /1 argument/,
  },
  {
    law: "a cell has its static parameters",
    source: `import GRU from "std"\n${body(`${x}output a[t] = GRU()(x[t])`)}`,
    code: "RNN106",
    at: "GRU()(x[t])",
    says: /static parameter `n`/,
  },
  {
    law: "a cell runs along an axis",
    source: `import GRU from "std"\n${body(`input v : R[2]\noutput a = GRU(n)(v)`)}`,
    code: "RNN119",
    at: "GRU(n)(v)",
    says: /over an axis/,
  },
  {
    law: "results are as many as the cell has",
    source: `import LSTM from "std"\n${body(`${x}(a[t], b[t], c[t]) = LSTM(n)(x[t])`)}`,
    code: "RNN120",
    at: "LSTM(n)(x[t])",
    says: /2 results/,
  },
  {
    law: "a cell does not apply itself for ever",
    source: `cell C(x[t]) -> h[t] { h[t] = C(x[t]) }\n${body(`${x}output a[t] = C(x[t])`)}`,
    code: "RNN121",
    at: "C(x[t])",
    says: /itself/,
  },
  {
    law: "`with` names a state of the cell",
    source: `import GRU from "std"\n${body(`${x}output a[t] = GRU(n)(x[t]) with q[0] = 1`)}`,
    code: "RNN122",
    at: "q[0]",
    says: /no state/,
  },
  {
    law: "`with` needs a cell",
    source: body(`${x}output a[t] = x[t] with a[0] = 1`),
    code: "RNN122",
    at: "a[0]",
    says: /needs a cell/,
  },
  {
    law: "a boundary stands outside the axis",
    source: body("h[1] = 0\nh[0] = 0\noutput h[t] = h[t-1]"),
    code: "RNN123",
    at: "h[1]",
    says: /if t == 1/,
  },
  {
    law: "an initialiser is a known one",
    source: body("param W : R[2,2] ~ xavier"),
    code: "RNN124",
    at: "xavier",
    says: /glorot/,
  },
  {
    law: "a distribution is a known one",
    source: body(`${x}y[t] ~ poisson(x[t])`),
    code: "RNN125",
    at: "poisson(x[t])",
    says: /categorical/,
  },
  {
    law: "operands have equal shapes, and both are shown with their origin",
    source: body(`${x}input z[t] : R[2]\noutput a[t] = x[t] + z[t]`),
    code: "RNN130",
    at: "x[t] + z[t]",
    says: /R\[4\].*R\[2\][\s\S]*declared with 4[\s\S]*declared with 2/,
  },
  {
    law: "columns are rows in a product",
    source: body(`${x}param U : R[4,3]\noutput a[t] = U x[t]`),
    code: "RNN130",
    at: "U x[t]",
    says: /columns on the left/,
  },
  {
    law: "two vectors have no product",
    source: body(`${x}output a[t] = x[t] x[t]`),
    code: "RNN130",
    at: "x[t] x[t]",
    says: /v\^T x/,
  },
  {
    law: "a symbol is no number",
    source: body("input w[t] : symbol[3]\noutput a[t] = w[t] + 1"),
    code: "RNN130",
    at: "w[t] + 1",
    says: /onehot/,
  },
  {
    law: "a categorical variable is a symbol",
    source: body(`${x}y[t] : R[4] ~ categorical(softmax(x[t]))`),
    code: "RNN130",
    at: "categorical(softmax(x[t]))",
    says: /symbol/,
  },
  {
    law: "a shape is determined by something",
    source: body("param v\nminimize sum(v)"),
    code: "RNN131",
    at: "v",
    says: /R\[n\]/,
  },
  {
    law: "a boundary belongs to an equation",
    source: body("h[0] = 0"),
    code: "RNN132",
    at: "h[0]",
    says: /no equation/,
  },
  {
    law: "what reads the past has a value before the start",
    source: body(`${x}output h[t] = tanh(h[t-1] + x[t])`),
    code: "RNN133",
    at: "h[t-1]",
    says: /h\[0\]/,
  },
  {
    law: "what reads the future has a value after the end",
    source: body("input x[t] : R\noutput a[t] = x[t+2]\nx[T+1] = 0"),
    code: "RNN133",
    at: "x[t+2]",
    says: /x\[T\+2\]/,
  },
  {
    law: "a cycle without a delay is shown step by step",
    source: body(`${x}a[t] = b[t] + x[t]\noutput b[t] = 2 * a[t]`),
    code: "RNN134",
    at: "a[t]",
    says: /`a` needs `b`[\s\S]*`b` needs `a`|`b` needs `a`[\s\S]*`a` needs `b`/,
  },
  {
    law: "a variable does not need both its past and its future",
    source: body("h[_] = 0\noutput h[t] = h[t-1] + h[t+1]"),
    code: "RNN135",
    at: "h[t]",
    says: /along `t`/,
  },
  {
    law: "a state does not need the sum of itself",
    source: body("output h[t] = 1 + sum[t](h[t])"),
    code: "RNN134",
    at: "h[t]",
    says: /`h` needs `h`/,
  },
  {
    law: "a loss term is a number for the whole example",
    source: body("input x[t] : R\nminimize x[t]"),
    code: "RNN136",
    at: "x[t]",
    says: /sum\[t\]/,
  },
  ...[
    { law: "an input over a ragged axis", statement: "input z[w] : R", at: "z[w]" },
    { law: "a position of an outer axis", statement: "output z[s,w] = x[s,w] - x[1,w]", at: "x[1,w]" },
    { law: "another outer axis", statement: "axis r in 1..S\noutput z[r,s,w] = x[s,w] - x[r,w]", at: "x[r,w]" },
    { law: "a sum over an outer axis", statement: "output z[s] = sum[w](sum[s](x[s,w]))", at: "sum[s](x[s,w])" },
  ].map(({ law, statement, at }) => ({
    law: `${law} leaves open which positions of the ragged axis exist`,
    source: `model M {\naxis s in 1..S\naxis w in 1..W[s]\ninput x[s,w] : R\n${statement}\n}`,
    code: "RNN137",
    at,
    says: /as long as `W\[s\]`/,
  })),
];

for (const { law, source, code, at, says, statics } of mistakes)
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

test("a mistake inside a cell is told with the place where the cell is applied", () => {
  const source = `cell C(x[t]) -> h[t] { h[t] = x[t] + foo }\n${body(`${x}output a[t] = C(x[t])`)}`;
  const [first] = diagnosticsOf(source);
  assert.equal(placeOf(source, first!), "foo");
  assert.match(first!.labels.map(({ text }) => text).join(), /`C` is applied here/);
});

test("what influences nothing is a warning", () => {
  const { warnings } = modelOf(body(`${x}param W\ns[t] = 2 * x[t]\noutput a[t] = x[t]`));
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
