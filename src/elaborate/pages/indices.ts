import type { Page } from "../../syntax/page.ts";

/** Where things are read: indices, positions and boundaries. */
export const indexPages = {
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
} as const satisfies Record<string, Page>;
