import type { Page } from "../../syntax/page.ts";

/** Shapes, what depends on what, and warnings. */
export const meaningPages = {
  shapes: {
    code: "RNN130",
    title: "shapes do not fit",
    meaning:
      "Pointwise operations take equal shapes, or a number with anything. A product `W x` takes a matrix whose second size is that of the vector. The message shows both shapes and where their sizes came from.",
    wrong: `model M(k = 2, n = 4) {
  axis t in 1..T
  input x[t] : R[k]
  param W : R[n,n]
  output a[t] = tanh(W x[t])
}
`,
    fix: ["R[n,n]", "R[n,k]"],
  },
  undetermined: {
    code: "RNN131",
    title: "undetermined shape",
    meaning:
      "Shapes are inferred from those of the inputs and from what stands beside them. Where several would do, say which.",
    wrong: `model M(k = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param U
  h[t] = tanh(U x[t])
  output a[t] = sumsq(h[t])
}
`,
    fix: ["h[t] = tanh", "h[t] : R[4] = tanh"],
  },
  noDefinition: {
    code: "RNN132",
    title: "no equation",
    meaning: "A variable has a value outside its axis (a boundary), but no equation says what it is inside.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  s[0] = 0
  output h[t] = tanh(x[t])
}
`,
    fix: ["output h[t] = tanh(x[t])", "output s[t] = tanh(x[t] + s[t-1])"],
  },
  missingBoundary: {
    code: "RNN133",
    title: "missing boundary",
    meaning:
      "`h[t-1]` at the first `t` reads `h[0]`, which stands outside the axis. Give it a value: 0, a learned parameter, or an expression. `h[_] = 0` is the value everywhere outside.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  param W : R[n,n]
  output h[t] = tanh(W h[t-1] + x[t])
}
`,
    fix: ["  output", "  h[0] = 0\n  output"],
  },
  cycle: {
    code: "RNN134",
    title: "cycle without a delay",
    meaning:
      "Each of these equations needs the value of the next at the same position, and the last needs the first: none can be computed. A recurrence needs a delay somewhere, as `h[t-1]`.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  param W, U : R[n,n]
  b[0] = 0
  a[t] = tanh(W b[t] + x[t])
  output b[t] = tanh(U a[t])
}
`,
    fix: ["W b[t]", "W b[t-1]"],
  },
  pastAndFuture: {
    code: "RNN135",
    title: "needs both its past and its future",
    meaning:
      "A recurrence runs forwards or backwards. A variable that needs itself from both sides would have to be solved for, not computed. A bidirectional network has two states, one for each direction.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  param W, U : R[n,n]
  h[_] = 0
  output h[t] = tanh(W h[t-1] + U h[t+1] + x[t])
}
`,
    fix: [
      `  output h[t] = tanh(W h[t-1] + U h[t+1] + x[t])`,
      `  g[_] = 0
  h[t] = tanh(W h[t-1] + x[t])
  g[t] = tanh(U g[t+1] + x[t])
  output a[t] = h[t] + g[t]`,
    ],
  },
  notSummed: {
    code: "RNN136",
    title: "a loss over an axis",
    meaning: "What is minimized is one number for an example. What varies along an axis is summed or averaged over it.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t], d[t] : R[n]
  param W : R[n,n]
  minimize sumsq(W x[t] - d[t])
}
`,
    fix: ["sumsq(W x[t] - d[t])", "mean[t](sumsq(W x[t] - d[t]))"],
  },
  ragged: {
    code: "RNN137",
    title: "a ragged axis alone",
    meaning:
      "With `axis w in 1..W[s]` every `s` has its own number of positions `w`. What is over `w` is over `s` too: a position `w` of one `s` need not exist for another.",
    wrong: `model M {
  axis s in 1..S
  axis w in 1..W[s]
  input x[s,w] : R
  output c[s] = sum[w](sum[s](x[s,w]))
}
`,
    fix: ["c[s] = sum[w](sum[s](x[s,w]))", "c = sum[s,w](x[s,w])"],
  },
  unused: {
    code: "RNN150",
    title: "unused",
    meaning:
      "A warning: no output and no loss needs this, so it is not computed, and a parameter would never be learned. Often a name is misspelt elsewhere.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  param W, V : R[n,n]
  output a[t] = tanh(W x[t])
}
`,
    fix: ["param W, V", "param W"],
  },
  noResult: {
    code: "RNN151",
    title: "nothing to compute",
    meaning: "A warning: the model has neither an output nor a loss, so its compiled module does nothing.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  a[t] = tanh(x[t])
}
`,
    fix: ["  a[t] =", "  output a[t] ="],
  },
  constantMatrix: {
    code: "RNN152",
    title: "a matrix that starts at a constant",
    meaning:
      "A warning: the initialiser at the end of a list is for all that it names, and one of them turned out to be a matrix. All its elements then start equal, and what reads it learns the same everywhere, or nothing.",
    wrong: `model M(n = 4, m = 2) {
  axis t in 1..T
  input x[t] : R[n]
  param O, c = 0
  output o[t] : R[m] = O x[t] + c
}
`,
    fix: ["param O, c = 0", "param O\n  param c = 0"],
  },
  beyondAxis: {
    code: "RNN154",
    title: "a position that no index has",
    meaning:
      "A warning: an index runs through the positions of its axis, 1 to the last one. Compared with another, it gives the same answer at each of them, so that one branch of an `if` is never taken. What a variable is outside of its axis is said by a boundary.",
    wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  param s : R[n]
  h[0] = 0
  output h[t] = if t == 0 then s else tanh(x[t] + h[t-1])
}
`,
    fix: ["t == 0", "t == 1"],
  },
  unsupported: {
    code: "RNN190",
    title: "not supported yet",
    meaning:
      "The program is meaningful, but the compiler cannot do this yet. The message says what; write it otherwise.",
    wrong: `model M(n = 4) {
  axis t in 2..T
  input x[t] : R[n]
  output a[t] = tanh(x[t])
}
`,
    fix: ["2..T", "1..T"],
  },
} as const satisfies Record<string, Page>;
