/**
 * Programs as a machine or an enemy would write them, by their size. Those in `long` are right, and as long as anyone
 * asks for; what is wrong with those in `wrong` is said at once, however large they are.
 */
export interface Hostile {
  readonly name: string;
  /** What a size is: chained equations, layers, terms. */
  readonly title: string;
  /** The largest that must do. */
  readonly size: number;
  readonly source: (size: number) => string;
}

const lines = (count: number, line: (k: number) => string): string =>
  Array.from({ length: count }, (_, k) => `  ${line(k + 1)}\n`).join("");

const model = (...parts: ReadonlyArray<string>): string => `model M {\n${parts.join("\n")}\n}\n`;

const over = "  axis t in 1..T\n  input x[t] : R[2]";

export const long: ReadonlyArray<Hostile> = [
  {
    name: "chain",
    title: "chained equations",
    size: 10_000,
    source: (n) =>
      model(
        "  input x : R[2]\n  param w : R[2]\n  a0 = w * x",
        lines(n, (k) => `a${k} = tanh(a${k - 1})`),
        `  minimize sumsq(a${n})`,
      ),
  },
  {
    name: "backwards",
    title: "chained equations, the last one first",
    size: 10_000,
    source: (n) =>
      model(
        "  input x : R[2]\n  param w : R[2]\n  minimize sumsq(a0)",
        lines(n, (k) => `a${k - 1} = tanh(a${k})`),
        `  a${n} = w * x`,
      ),
  },
  {
    name: "minimize",
    title: "lines that minimize",
    size: 5_000,
    source: (n) =>
      model(
        "  input x : R[2]\n  param w : R[2]",
        lines(n, (k) => `minimize sumsq(w * x - ${k})`),
      ),
  },
  {
    name: "parameters",
    title: "chained equations, each with a parameter",
    size: 1_000,
    source: (n) =>
      model(
        "  input x : R[2]\n  a0 = x",
        lines(n, (k) => `param w${k} : R\n  a${k} = tanh(w${k} * a${k - 1})`),
        `  minimize sumsq(a${n})`,
      ),
  },
  {
    name: "layers",
    title: "layers of a family",
    size: 1_000,
    source: (n) =>
      model(
        over,
        `  for l in 1..${n} {\n    param W[l] : R[2,2]\n    h[l,t] = tanh(W[l] h[l-1,t])\n  }\n  h[0,t] = x[t]`,
        `  minimize sum[t](sumsq(h[${n},t]))`,
      ),
  },
  {
    name: "recurrent layers",
    title: "layers of a family, each a recurrence",
    size: 1_000,
    source: (n) =>
      model(
        over,
        `  for l in 1..${n} {\n    param W[l], U[l] : R[2,2]\n    h[l,0] = 0\n    h[l,t] = tanh(W[l] h[l-1,t] + U[l] h[l,t-1])\n  }`,
        `  h[0,t] = x[t]\n  minimize sum[t](sumsq(h[${n},t]))`,
      ),
  },
  {
    name: "one recurrence",
    title: "chained equations inside one recurrence",
    size: 1_000,
    source: (n) =>
      model(
        over,
        "  a0[t] = h[t-1] + x[t]\n  param w : R[2]\n  h[0] = w",
        lines(n, (k) => `a${k}[t] = tanh(a${k - 1}[t])`),
        `  h[t] = a${n}[t]\n  minimize sum[t](sumsq(h[t]))`,
      ),
  },
  {
    name: "squares",
    title: "squarings",
    size: 1_000,
    source: (n) =>
      model(
        "  input x : R[2]\n  param w : R[2]\n  a0 = w * x",
        lines(n, (k) => `a${k} = a${k - 1} * a${k - 1}`),
        `  minimize sumsq(a${n})`,
      ),
  },
  {
    name: "delay",
    title: "positions back",
    size: 1_000,
    source: (n) =>
      model(over, `  param W : R[2,2]\n  h[_] = 0\n  h[t] = tanh(W h[t-${n}] + x[t])\n  minimize sum[t](sumsq(h[t]))`),
  },
  {
    name: "boundaries",
    title: "positions back, each with a boundary of its own",
    size: 1_000,
    source: (n) =>
      model(
        over,
        lines(n, (k) => `h[${1 - k}] = ${k}`),
        `  param W : R[2,2]\n  h[t] = tanh(W h[t-${n}] + x[t])\n  minimize sum[t](sumsq(h[t]))`,
      ),
  },
];

/** With the code of what is said of it. */
export const wrong: ReadonlyArray<Hostile & { readonly code: string }> = [
  {
    name: "families",
    code: "RNN110",
    title: "members of a family, in each of as many",
    size: 300,
    source: (n) =>
      model(
        "  input x : R[2]",
        `  for l in 1..${n} {\n    for k in 1..${n} {\n      h[l,k] = tanh(x)\n    }\n  }`,
        "  minimize sumsq(h[1,1])",
      ),
  },
  {
    name: "cells",
    code: "RNN110",
    title: "cells, each twice in the next",
    size: 25,
    source: (n) =>
      `cell d0(x) = x + 1\n${lines(n, (k) => `cell d${k}(x) = d${k - 1}(d${k - 1}(x))`)}${model(`  input x : R[2]\n  param w : R[2]\n  minimize sumsq(d${n}(w * x))`)}`,
  },
  {
    name: "concatenations",
    code: "RNN110",
    title: "concatenations, each of ten of the last",
    size: 10,
    source: (n) =>
      model(
        "  input x : R[2]\n  param w : R[2]\n  a0 = w * x",
        lines(
          n,
          (k) =>
            `a${k} = [${Array(10)
              .fill(`a${k - 1}`)
              .join("; ")}]`,
        ),
        `  minimize sumsq(a${n})`,
      ),
  },
  {
    name: "doublings",
    code: "RNN110",
    title: "concatenations, each of two of the last",
    size: 26,
    source: (n) =>
      model(
        "  input x : R[2]\n  param w : R[2]\n  a0 = w * x",
        lines(n, (k) => `a${k} = [a${k - 1}; a${k - 1}]`),
        `  minimize sumsq(a${n})`,
      ),
  },
  {
    name: "unknown names",
    code: "RNN101",
    title: "names that mean nothing",
    size: 9_000,
    source: (n) =>
      model(
        "  input x : R[2]",
        lines(n, (k) => `a${k} = b${k}`),
        "  minimize sumsq(x)",
      ),
  },
  {
    name: "cycle",
    code: "RNN134",
    title: "equations in a circle",
    size: 5_000,
    source: (n) =>
      model(
        `  input x : R[2]\n  a0 = tanh(a${n})`,
        lines(n, (k) => `a${k} = tanh(a${k - 1})`),
        `  minimize sumsq(x + a${n})`,
      ),
  },
  {
    name: "line",
    code: "RNN003",
    title: "terms on one line",
    size: 20_000,
    source: (n) => model(`  input x : R[2]\n  a = x${" + x".repeat(n)}\n  minimize sumsq(a)`),
  },
  {
    name: "sum",
    code: "RNN002",
    title: "terms of one sum",
    size: 1_000,
    source: (n) =>
      model("  input x : R[2]\n  param w : R[2]", `  minimize sumsq(w)${`\n    + sumsq(w * x)`.repeat(n)}`),
  },
];
