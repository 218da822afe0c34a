import type { Page } from "../../syntax/page.ts";

/** How names, cells and functions are applied, and what parameters and variables are given. */
export const usePages = {
  badGate: {
    code: "RNN145",
    title: "no state to keep",
    meaning:
      "`h[t] = LSTM(n)(x[t]) when m[t]` lets every state of the cell take `m[t]` of its new value and `1 - m[t]` of its last; with `reset e[t]` it is read as its boundary where `e[t]` is 1. Both stand behind the application of a cell that is the whole right side. A state is what the cell, or a cell within it, reads one position back along the axis on which it runs.",
    wrong: `import GRU from "std"

model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  input m[t] : R
  output h[t] = tanh(x[t]) when m[t]
}
`,
    fix: ["tanh(x[t])", "GRU(n)(x[t])"],
  },
  notAValue: {
    code: "RNN116",
    title: "not a value",
    meaning: "A function, a cell or an instance of a cell is no number or vector: it must be applied to something.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  output a[t] = 2 * tanh + x[t]
}
`,
    fix: ["tanh + x[t]", "tanh(x[t])"],
  },
  notAFunction: {
    code: "RNN117",
    title: "not a function",
    meaning:
      "Only functions and cells take several arguments, and only cells run `backward`. A value followed by one pair of brackets is a product.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  param W : R[n,n]
  output a[t] = W(x[t], 1)
}
`,
    fix: ["W(x[t], 1)", "W x[t] + 1"],
  },
  argumentCount: {
    code: "RNN118",
    title: "wrong number of arguments",
    meaning: "A function or cell takes a fixed number of arguments, a distribution of parameters.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t], z[t] : R[n]
  output a[t] = tanh(x[t], z[t])
}
`,
    fix: ["tanh(x[t], z[t])", "tanh(x[t] + z[t])"],
  },
  noAxisForCell: {
    code: "RNN119",
    title: "no axis to run along",
    meaning:
      "A recurrent cell runs along an axis of its argument. An argument without an axis gives it nothing to run along.",
    wrong: `import GRU from "std"

model M(n = 4) {
  input x : R[n]
  output h = GRU(n)(x)
}
`,
    fix: [
      `  input x : R[n]
  output h = GRU(n)(x)`,
      `  axis t in 1..T
  input x[t] : R[n]
  output h[t] = GRU(n)(x[t])`,
    ],
  },
  resultCount: {
    code: "RNN120",
    title: "wrong number of results",
    meaning:
      "A cell is written with its results, as `-> (h[t], c[t])`. On the left stand as many names in parentheses, or one name, for the first result.",
    wrong: `import GRU from "std"

model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  (h[t], c[t]) = GRU(n)(x[t])
  output a[t] = tanh(h[t])
}
`,
    fix: ["(h[t], c[t]) =", "h[t] ="],
  },
  endlessCell: {
    code: "RNN121",
    title: "endless expansion",
    meaning:
      "Cells are written out where they are applied, so a cell that applies itself, perhaps through others, never ends. Recurrence in time is written with an index: `h[t-1]`.",
    wrong: `cell f(x) = tanh(f(x))

model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  output a[t] = f(x[t])
}
`,
    fix: ["tanh(f(x))", "tanh(2 * x)"],
  },
  badOverride: {
    code: "RNN122",
    title: "nothing to override",
    meaning:
      "`with` gives a state of the applied cell another boundary. It names the state as the cell's own text does, or as the left side of this equation.",
    wrong: `import GRU from "std"

model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  param s0 : R[n]
  output s[t] = GRU(n)(x[t]) with c[0] = s0
}
`,
    fix: ["with c[0]", "with s[0]"],
  },
  unreadBoundary: {
    code: "RNN128",
    title: "a boundary that nothing reads",
    meaning:
      "`with` gives a boundary that the applied cell reads: `h[0]` where its text says `h[t-1]`. Of a `backward` one `h[T+1]` and `h[0]` are the same. A boundary that the cell never reads would change nothing.",
    wrong: `import GRU from "std"

model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  param h0 : R[n]
  output h[t] = GRU(n)(x[t]) with h[T+1] = h0
}
`,
    fix: ["with h[T+1]", "with h[0]"],
  },
  badInitialiser: {
    code: "RNN124",
    title: "not an initialiser",
    meaning:
      "What a parameter starts from is a number, `glorot`, `he`, `orthogonal`, `identity`, `uniform(low, high)` or `normal(mean, deviation)`, or a function of these: `log(uniform(1, 16))`.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  param W : R[n,n] ~ xavier
  output a[t] = tanh(W x[t])
}
`,
    fix: ["xavier", "glorot"],
  },
  badDistribution: {
    code: "RNN125",
    title: "not a distribution",
    meaning:
      "A random variable is `categorical(p)`, `bernoulli(p)` or `normal(mean, deviation)`; noise is `bernoulli(p)` or `normal`. How much it counts in the loss stands behind the call: `y[t] ~ normal(m[t], 1) weight w[t]`.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  param w : R[n]
  y[t] ~ gaussian(w^T x[t], 1)
}
`,
    fix: ["gaussian", "normal"],
  },
} as const satisfies Record<string, Page>;
