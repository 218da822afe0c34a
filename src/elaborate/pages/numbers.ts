import type { Page } from "../../syntax/page.ts";

/** Components that are counted, symbols that are numbered, and constants of distributions. */
export const numberPages = {
  noComponent: {
    code: "RNN126",
    title: "no such component",
    meaning:
      "Everything an equation counts, it counts from 1: `v[1]` is the first component, `A[1]` the first row, and `A[a]` with `axis a in 1..K` are the rows in order. What is counted must exist at every position, so `v[a-1]` reads a component 0 that there is not. Symbols alone are numbered from 0: `E[w[t]]` is the row of a symbol.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  output a[t] = x[t][0]
}
`,
    fix: ["[0]", "[1]"],
  },
  symbolCounted: {
    code: "RNN127",
    title: "a symbol is no count",
    meaning:
      "A static number that is a symbol in one place (a boundary, a comparison, the end of an axis) counts no components in another: symbols are numbered from 0, components from 1. The row of the symbol is that of a variable which is this symbol.",
    wrong: `model M(V = 5, n = 4, sos = 1) {
  axis t in 1..T
  param E : R[V,n]
  param W : R[V,n]
  y[0] = sos
  y[t] ~ categorical(softmax(W (E[y[t-1]] + E[sos])))
}
`,
    fix: ["E[sos]", "E[y[0]]"],
  },
  notCounted: {
    code: "RNN153",
    title: "not a whole number",
    meaning:
      "`mod(t, 4)` is what is left of a position by fours: a function of indices, lengths and static whole numbers, and of their sums, differences and products. What it divides by is static, at least 1. Of data it is not taken.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R
  output a[t] = if mod(x[t], n) == 0 then x[t] else 0
}
`,
    fix: ["mod(x[t], n)", "mod(t, n)"],
  },
  noSymbol: {
    code: "RNN138",
    title: "no such symbol",
    meaning:
      "Symbols are numbered from 0 to one less than there are. What stands before the first of a variable's symbols, what they are compared with and what ends their axis is one of them. A start of its own needs a symbol more.",
    wrong: `model M(V = 5) {
  axis t in 1..T
  param A : R[V,V]
  y[0] = 5
  y[t] : symbol[V] ~ categorical(softmax(A onehot(y[t-1])))
}
`,
    fix: ["y[0] = 5", "y[0] = 4"],
  },
  impossible: {
    code: "RNN139",
    title: "an impossible number",
    meaning:
      "A probability lies between 0 and 1, a standard deviation is more than 0, the ends of `uniform` are in order, and what a parameter starts as is finite.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  noise m[t] : bernoulli(1.5)
  param w : R[n]
  y[t] ~ normal(m[t] * w^T x[t], 1)
}
`,
    fix: ["bernoulli(1.5)", "bernoulli(0.5)"],
  },
} as const satisfies Record<string, Page>;
