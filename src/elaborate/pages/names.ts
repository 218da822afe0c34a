import type { Page } from "../../syntax/page.ts";

/** Names, imports, and what must be known when compiling. */
export const namePages = {
  unknownName: {
    code: "RNN101",
    title: "unknown name",
    meaning:
      "A name is used that nothing in this model or cell defines: no input, parameter, axis, equation, static parameter, cell or function. A cell does not see the names of the model that applies it.",
    wrong: `model M(k = 2, n = 4) {
  axis t in 1..T
  input x[t] : R[k]
  param W
  s[0] = 0
  output s[t] : R[n] = tanh(W s[t-1] + U x[t])
}
`,
    fix: ["param W", "param W, U"],
  },
  definedTwice: {
    code: "RNN102",
    title: "defined twice",
    meaning:
      "Every name stands for one thing. Two equations for one variable contradict each other, even if they say the same.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  output a[t] = tanh(x[t])
  output a[t] = sigmoid(x[t])
}
`,
    fix: ["output a[t] = sigmoid", "output b[t] = sigmoid"],
  },
  noModel: {
    code: "RNN103",
    title: "no such model",
    meaning:
      "What is compiled is a model. A file that has none holds cells for others to import; in a file of several, `--model NAME` says which.",
    wrong: `cell M(n)(x[t]) -> h[t] {
  h[0] = 0
  h[t] : R[n] = tanh(x[t] + h[t-1])
}
`,
    fix: [
      "cell M",
      `model M {
  axis t in 1..T
  input x[t] : R[3]
  output h[t] = Plain(3)(x[t])
}

cell Plain`,
    ],
  },
  missingImport: {
    code: "RNN104",
    title: "missing import",
    meaning: "The imported file has no cell of this name. Names are case-sensitive.",
    wrong: `import Lstm from "std"

model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  output h[t] = Lstm(n)(x[t])
}
`,
    fix: [
      `Lstm from "std"

model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  output h[t] = Lstm`,
      `LSTM from "std"

model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  output h[t] = LSTM`,
    ],
  },
  unreadableImport: {
    code: "RNN105",
    title: "import not readable",
    meaning:
      'An import names "std" or a file, relative to the file that imports it. The file must be there, parse, and not import back what imports it.',
    wrong: `import GRU from "./gru.rnn"

model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  output h[t] = GRU(n)(x[t])
}
`,
    fix: ["./gru.rnn", "std"],
  },
  staticMissing: {
    code: "RNN106",
    title: "static parameter missing",
    meaning:
      "A static parameter without a default must be given: for a model when compiling (`--set n=32`), for a cell where it is applied (`LSTM(n)`).",
    wrong: `model M(n) {
  axis t in 1..T
  input x[t] : R[n]
  output a[t] = tanh(x[t])
}
`,
    fix: ["M(n)", "M(n = 32)"],
  },
  staticUnknown: {
    code: "RNN107",
    title: "no such static parameter",
    meaning: "A value was given when compiling for a static parameter that the model does not have.",
    set: { m: 8 },
    wrong: `model M(n = 32) {
  axis t in 1..T
  input x[t] : R[n]
  output a[t] = tanh(x[t])
}
`,
    fix: [
      `n = 32) {
  axis t in 1..T
  input x[t] : R[n]`,
      `m = 32) {
  axis t in 1..T
  input x[t] : R[m]`,
    ],
  },
  staticKind: {
    code: "RNN115",
    title: "another kind of static parameter",
    meaning:
      "A static parameter whose default is a number takes a number, one whose default is a function or a cell takes one of these. They are given in order, then by name.",
    wrong: `cell Leaky(n, rate = 0.5, f = tanh)(x[t]) -> h[t] {
  h[0] = 0
  h[t] : R[n] = f(rate * h[t-1] + x[t])
}

model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  output h[t] = Leaky(n, relu)(x[t])
}
`,
    fix: ["Leaky(n, relu)", "Leaky(n, f = relu)"],
  },
  namedArgument: {
    code: "RNN129",
    title: "a name in the wrong brackets",
    meaning:
      "Static parameters of a cell are given in order, then by name, in the brackets of statics alone: `LSTM(n, forget = 1)`. Arguments, and those of functions, are given in order.",
    wrong: `import LSTM from "std"

model M(n = 4) {
  axis t in 1..T
  input z[t] : R[n]
  output h[t] = LSTM(n)(x = z[t])
}
`,
    fix: ["x = z[t]", "z[t]"],
  },
  notStatic: {
    code: "RNN108",
    title: "not known when compiling",
    meaning:
      "Sizes, the bounds of a `for`, offsets in an index and static parameters must be known when compiling: they are made of numbers and static parameters. The length of an axis is known only at run time.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[T]
  output a[t] = tanh(x[t])
}
`,
    fix: ["R[T]", "R[n]"],
  },
  badSize: {
    code: "RNN109",
    title: "not a size",
    meaning: "A size is a whole number, at least 1.",
    wrong: `model M(n = 5) {
  axis t in 1..T
  input x[t] : R[n / 2]
  output a[t] = tanh(x[t])
}
`,
    fix: ["n / 2", "2 * n"],
  },
  tooLarge: {
    code: "RNN110",
    title: "too large",
    meaning:
      "Sizes have a limit, and so have families and cells: a `for` and the cells applied are written out when compiling. What should be long belongs on an axis.",
    wrong: `model M(n = 100000000) {
  axis t in 1..T
  input x[t] : R[n]
  output a[t] = tanh(x[t])
}
`,
    fix: ["100000000", "100"],
  },
} as const satisfies Record<string, Page>;
