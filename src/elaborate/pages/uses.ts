import type { Page } from "../../syntax/page.ts";

/** How variables are indexed, and cells and functions applied. */
export const usePages = {
  indexCount: {
    code: "RNN111",
    title: "wrong number of indices",
    meaning:
      "A variable takes as many indices as it was declared with, in the same order. Components of a vector are no indices: `x[t] : R[k]` has one index, `t`.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  output a[t] = tanh(x)
}
`,
    fix: ["tanh(x)", "tanh(x[t])"],
  },
  notAnIndex: {
    code: "RNN112",
    title: "not an index",
    meaning:
      "An index is an axis (`t`), an axis moved by a whole number known when compiling (`t-1`, `t+2`), a fixed position (`1`, `T`), or one that is computed of these (`2*i`, `T+1-t`, `p[i]`). So the compiler can see which way a recurrence runs.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  x[_] = 0
  output a[t] = tanh(x[_])
}
`,
    fix: ["tanh(x[_])", "tanh(x[t+2])"],
  },
  unboundIndex: {
    code: "RNN113",
    title: "unbound index",
    meaning:
      "The right side varies along an axis that the left side does not have. Either the left side varies along it too, or the right side does away with it by `sum[t]`, `mean[t]`, `max[t]`, or by a position (`x[T]`).",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  output a = tanh(x[t])
}
`,
    fix: ["a = tanh(x[t])", "a = mean[t](tanh(x[t]))"],
  },
  otherExtent: {
    code: "RNN114",
    title: "axes of different lengths",
    meaning:
      "A variable is read along an axis that is not as long as its own, so some positions might not exist. Two axes are as long as each other if they have the same bound.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  axis s in 1..S
  input x[t] : R[n]
  output a[s] = tanh(x[s])
}
`,
    fix: ["1..S", "1..T"],
  },
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
  badBoundary: {
    code: "RNN123",
    title: "not a boundary",
    meaning:
      "A boundary is the value of a variable outside its axis: before it (0, -1, …), after it (T+1, …), or at `_`, everywhere outside. Inside the axis its equation holds.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  param W : R[n,n]
  s[0] = 1
  s[1] = 2
  output s[t] = tanh(W s[t-1])
}
`,
    fix: ["  s[1] = 2\n", ""],
  },
  noPosition: {
    code: "RNN146",
    title: "a computed position outside its axis",
    meaning:
      "`x[2*i]` reads `x` at a position that is computed from others: it lies in 1..T at every position of the axes that it is made of. Where all sizes are known that is checked when compiling, else at every call.",
    wrong: `model M(n = 4) {
  axis t in 1..2 * n
  axis i in 1..n
  input x[t] : R
  output p[i] = max(x[2 * i], x[2 * i + 1])
}
`,
    fix: ["max(x[2 * i], x[2 * i + 1])", "max(x[2 * i - 1], x[2 * i])"],
  },
  notAPosition: {
    code: "RNN147",
    title: "not a position",
    meaning:
      "A computed position is a whole-number linear form of axes, lengths and static numbers, as `x[T+1-t]`, or comes from the data: an input of type `position[T]`, with a static number added. It cannot depend on what a model computes, which has no derivative.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  axis i in 1..I
  input x[t] : R[n]
  input p[i] : R
  output a[i] = x[p[i]]
}
`,
    fix: ["input p[i] : R", "input p[i] : position[T]"],
  },
  endlessParameter: {
    code: "RNN148",
    title: "a parameter for each of unknown many positions",
    meaning:
      "A parameter over an axis has a value of its own for each position, all of which are learned: how many there are must be known when compiling. An axis whose upper bound is a static expression is of such a size.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  param m[t] : R[n]
  output a[t] = x[t] + m[t]
}
`,
    fix: ["  param m[t] : R[n]", "  param m : R[100,n]"],
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
