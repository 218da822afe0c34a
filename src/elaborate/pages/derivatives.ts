import type { Page } from "../../syntax/page.ts";

/** Derivatives in equations. */
export const derivativePages = {
  derivativeBy: {
    code: "RNN160",
    title: "not a variable to differentiate by",
    meaning:
      "`grad(e, x)` is the derivative of `e` by what stands at `x`: a variable at an index, as `q[t]` or `q[t-1]`, an argument of a cell, or a parameter. By any other value there is none: give it a name, and use it by that name in `e`.",
    wrong: `model M(n = 3) {
  axis t in 1..T
  input x[t] : R[n]
  output g[t] = grad(sumsq(2 * x[t]), 2 * x[t])
}
`,
    fix: ["grad(sumsq(2 * x[t]), 2 * x[t])", "grad(sumsq(2 * x[t]), x[t])"],
  },
  derivativeAxes: {
    code: "RNN161",
    title: "many numbers differentiated by one",
    meaning:
      "What is differentiated is one number, or one at each position of axes that `x` has too: then the derivative is taken position by position. A number at each position has no one derivative by what is the same for all of them.",
    wrong: `model M(n = 3) {
  axis t in 1..T
  input x[t] : R[n]
  param w : R[n]
  output g = grad(tanh(w^T x[t]), w)
}
`,
    fix: ["grad(tanh(w^T x[t]), w)", "grad(sum[t](tanh(w^T x[t])), w)"],
  },
  derivativePath: {
    code: "RNN162",
    title: "no derivative position by position",
    meaning:
      "Where `e` varies along an axis, `grad(e, x)` is its derivative position by position: of `e` at each position by `x` at the same one. So on the way from `x` to `e` nothing may be summed over that axis, taken at a position or read through a delay, but what the recurrence of `x` itself reads with a delay: that is given at each step. The derivative through all positions is that of one number, as a sum.",
    wrong: `model M(n = 3) {
  axis t in 1..T
  input x[t] : R[n]
  h[0] = 0
  h[t] = tanh(0.5 * h[t-1] + x[t])
  output g[t] = grad(sumsq(h[t]), x[t])
}
`,
    fix: ["grad(sumsq(h[t]), x[t])", "grad(sum[t](sumsq(h[t])), x[t])"],
  },
  derivativeZero: {
    code: "RNN163",
    title: "derivative of what does not depend on it",
    meaning:
      "No path leads from `x` to `e`, so `grad(e, x)` is 0 everywhere. Often `e` reads another value than the one that is named: `q[t]` where `x` is `q[t-1]`.",
    wrong: `model M(n = 3) {
  axis t in 1..T
  input x[t], z[t] : R[n]
  output g[t] = grad(sumsq(z[t]), x[t]) + x[t]
}
`,
    fix: ["sumsq(z[t])", "sumsq(z[t] * x[t])"],
  },
} as const satisfies Record<string, Page>;
