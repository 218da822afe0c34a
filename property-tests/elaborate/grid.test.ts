import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { agreesWithDifferences, compiledOf } from "./differences.ts";
import { close, diagnosticsOf, modelOf, noiseAt, valuesOf } from "./programs.ts";

const grid = (statements: string): string =>
  `model Grid {\n  axis i in 1..I\n  axis j in 1..J\n  input x[i,j] : R\n${statements}\n}`;

const cells = (rows: number, columns: number): ReadonlyArray<ReadonlyArray<number>> =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => noiseAt("x", i * 7 + j)));

const size = fc.integer({ min: 1, max: 4 });
const outputs = (source: string, x: ReadonlyArray<ReadonlyArray<number>>) =>
  valuesOf(modelOf(source), { parameters: {}, inputs: { x }, lengths: { I: x.length, J: x[0]!.length } });

/** The grid filled row by row, with `edge(i, j)` where i or j is 0 or less. */
const filled = (
  x: ReadonlyArray<ReadonlyArray<number>>,
  step: (h: (i: number, j: number) => number, i: number, j: number) => number,
  edge: (i: number, j: number) => number,
): ReadonlyArray<number> => {
  const known = new Map<string, number>();
  const h = (i: number, j: number): number => (i < 1 || j < 1 ? edge(i, j) : known.get(`${i},${j}`)!);
  return x.flatMap((row, i) =>
    row.map((_, j) => {
      const value = step(h, i + 1, j + 1);
      known.set(`${i + 1},${j + 1}`, value);
      return value;
    }),
  );
};

const boundaries = {
  "h[0,_] = 1\nh[_,0] = 2\nh[0,0] = 3": (i: number, j: number) => (i === 0 && j === 0 ? 3 : i === 0 ? 1 : 2),
  "h[0,_] = 1\nh[i,0] = 2": (i: number) => (i === 0 ? 1 : 2),
  "h[0,j] = x[1,j]\nh[i,0] = 10 * i\nh[0,0] = 5": (i: number, j: number, x: ReadonlyArray<ReadonlyArray<number>>) =>
    i === 0 && j === 0 ? 5 : i === 0 ? x[0]![j - 1]! : 10 * i,
  "h[_,_] = 7": () => 7,
} as const;

for (const [stated, edge] of Object.entries(boundaries))
  test(`a diagonal step reads edges and the corner: ${stated.replaceAll("\n", ", ")}`, () => {
    fc.assert(
      fc.property(size, size, (rows, columns) => {
        const x = cells(rows, columns);
        const source = grid(`${stated}\noutput h[i,j] = 0.5 * h[i-1,j-1] + h[i-1,j] - h[i,j-1] + x[i,j]`);
        const step = (h: (i: number, j: number) => number, i: number, j: number) =>
          0.5 * h(i - 1, j - 1) + h(i - 1, j) - h(i, j - 1) + x[i - 1]![j - 1]!;
        close(
          outputs(source, x).h!,
          filled(x, step, (i, j) => edge(i, j, x)),
        );
      }),
      { numRuns: 12 },
    );
  });

test("steps of several positions have a corner of several positions", () => {
  const x = cells(4, 3);
  const stated = "h[0,_] = 1\nh[-1,_] = 2\nh[_,0] = 3\nh[_,-1] = 4\nh[-1,-1] = 5\nh[0,-1] = 6";
  const edge = (i: number, j: number): number => {
    if (i === -1 && j === -1) return 5;
    if (i === 0 && j === -1) return 6;
    if (i < 1) return i === 0 ? 1 : 2;
    return j === 0 ? 3 : 4;
  };
  const found = outputs(grid(`${stated}\noutput h[i,j] = 0.5 * h[i-2,j-2] + x[i,j]`), x).h!;
  close(
    found,
    filled(x, (h, i, j) => 0.5 * h(i - 2, j - 2) + x[i - 1]![j - 1]!, edge),
  );
});

test("a boundary is read at a shifted index too, and at the corner", () => {
  const x = cells(2, 3);
  const stated = "h[0,j] = x[1,j]\nh[0,0] = 5\nh[i,j] = 0";
  const found = outputs(grid(`${stated}\noutput a[j] = h[0,j-1]\noutput b = h[0,0]`), x);
  close(found.a!, [5, x[0]![0]!, x[0]![1]!]);
  close(found.b!, [5]);
});

test("a diagonal step needs a value for the corner", () => {
  const [first, ...others] = diagnosticsOf(grid("h[0,j] = 0\nh[i,0] = 0\noutput h[i,j] = h[i-1,j-1] + x[i,j]"));
  assert.deepEqual([first!.code, others.length], ["RNN133", 0]);
  assert.match(first!.message, /h\[0,0\]/);
});

const gridLstm = `cell Block(n)(u, v) -> h {
  param W, U, b
  h : R[n] = tanh(W u + U v + b)
}
model GridLSTM(k = 2, n = 3) {
  axis i in 1..I
  axis j in 1..J
  input x[i,j] : R[k]
  param Wi, Wf, Wg, Wo, Wq, b = 0.1
  h[0,j] = 0
  h[i,0] = 0
  c[0,j] = 0
  c[i,0] = 0
  z[i,j] = [x[i,j]; h[i-1,j]; h[i,j-1]]
  f[i,j] = sigmoid(Wf z[i,j] + b)
  q[i,j] = sigmoid(Wq z[i,j] + b)
  c[i,j] : R[n] = f[i,j] * c[i-1,j] + q[i,j] * c[i,j-1] + sigmoid(Wi z[i,j]) * tanh(Wg z[i,j])
  h[i,j] : R[n] = sigmoid(Wo z[i,j]) * tanh(c[i,j])
  e = Block(n)(h[I,J], c[I,J])
  output e
  y ~ normal(sum(e), 1)
}`;

const programs = {
  "a grid LSTM": { source: gridLstm, components: 2 },
  "diagonal steps over learned edges": {
    source: `model Diagonal {
  axis i in 1..I
  axis j in 1..J
  input x[i,j] : R
  param a, b, w ~ normal(0, 1)
  param e : R ~ normal(0, 1)
  h[0,_] = a
  h[i,0] = b * x[i,1]
  h[0,0] = e
  h[i,j] = tanh(w * h[i-1,j-1] + x[i,j] * h[i-1,j])
  y ~ normal(sum[i,j](h[i,j]), 1)
}`,
    components: 0,
  },
};

for (const [name, { source, components }] of Object.entries(programs))
  test(`the gradient of ${name} is that of differences`, () => {
    const compiled = compiledOf(source);
    const example = (rows: number, columns: number) => ({
      x: cells(rows, columns).map((row) => row.map((value) => (components === 0 ? value : [value, -2 * value]))),
      y: 0.3,
    });
    agreesWithDifferences(compiled, compiled.pack([example(2, 3), example(3, 1)]));
  });
