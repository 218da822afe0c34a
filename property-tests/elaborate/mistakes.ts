import { body } from "./programs.ts";

/** A wrong program, and what is said of it. */
export interface Mistake {
  readonly law: string;
  readonly source: string;
  readonly code: string;
  /** What the first label underlines. */
  readonly at: string;
  readonly says: RegExp;
  readonly statics?: Readonly<Record<string, number | string>>;
}

/** An input that the programs share. */
export const x = "input x[t] : R[4]\n";

/** Mistakes with names, statics, indices, cells and declarations. */
export const mistakesOfForm: ReadonlyArray<Mistake> = [
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
    law: "what a `for` declares has its index",
    source: body(`${x}for l in 1..2 {\n  param A : R\n  h[l,t] = A * x[t]\n}\noutput h`),
    code: "RNN102",
    at: "A",
    says: /`A\[l\]`/,
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
    law: "a cell given by name exists, and the default does not stand in for it",
    source: 'import RNN from "std"\nmodel M(C = RNN) { axis t in 1..T\n input x[t] : R[2]\n output h[t] = C(2)(x[t]) }',
    statics: { C: "RN" },
    code: "RNN101",
    at: "C = RNN",
    says: /Did you mean `RNN`/,
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
    law: "a softmax binds no index, as it has a value at each",
    source: "model M { axis t in 1..T\n axis j in 1..T\n input x[t] : R\n output a[t] = softmax[j](x[j])\n}",
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
    law: "a distribution in capital letters is the known one",
    source: body(`${x}y[t] ~ Categorical(x[t])`),
    code: "RNN125",
    at: "Categorical(x[t])",
    says: /Did you mean `categorical`\?/,
  },
  {
    law: "a distribution under the name that it has elsewhere is the known one",
    source: body(`${x}y[t] ~ Gaussian(x[t], 1)`),
    code: "RNN125",
    at: "Gaussian(x[t], 1)",
    says: /Did you mean `normal`\?/,
  },
  {
    law: "noise, too, is of a known distribution",
    source: body(`${x}noise m[t] ~ Bernoulli(0.5)\noutput a[t] = m[t] * x[t]`),
    code: "RNN125",
    at: "Bernoulli(0.5)",
    says: /Did you mean `bernoulli`\?/,
  },
  {
    law: "a distribution is a known one",
    source: body(`${x}y[t] ~ poisson(x[t])`),
    code: "RNN125",
    at: "poisson(x[t])",
    says: /categorical/,
  },
];
