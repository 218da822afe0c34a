import assert from "node:assert/strict";
import { test } from "node:test";
import { agreesWithDifferences, compiledOf } from "./differences.ts";
import { body, close, diagnosticsOf, modelOf, noiseAt, parametersOf, placeOf, valuesOf } from "./programs.ts";

/** Variational dropout: which states are kept is drawn once a sequence; and a penalty of the cell's own. */
const dropout = `cell Kept(n, p)(x[t]) -> h[t] {
  noise m : bernoulli(p)
  noise e[t] : normal(0, 0.1)
  param W, U
  h[0] = 0
  h[t] : R[n] = tanh(W (m * h[t-1]) + U x[t] + e[t])
  minimize 0.5 * sum[t](sumsq(h[t]))
}
`;

const kept = `${dropout}${body("input x[t] : R[2]\noutput h[t] = Kept(n, 0.75)(x[t])")}`;

const sequence = (length: number): ReadonlyArray<ReadonlyArray<number>> =>
  Array.from({ length }, (_, t) => [noiseAt("x", t), noiseAt("x'", t)]);

test("noise inside a cell is an input under the path of the application, with the axes it stands over", () => {
  const { inputs } = modelOf(kept);
  assert.deepEqual(
    inputs.map(({ name, role, axes, shape, noise }) => [name, role, axes.length, shape, noise?.mean]),
    [
      ["x", "input", 1, [2], undefined],
      ["h.m", "noise", 0, [3], 0.75],
      ["h.e", "noise", 1, [3], 0],
    ],
  );
});

test("a cell with noise and a loss of its own is the loop that one would write by hand", () => {
  const model = modelOf(kept);
  const parameters = parametersOf(model);
  const [m, x] = [[1, 0, 1], sequence(3)];
  const e = x.map((_, t) => [0, 1, 2].map((i) => noiseAt("e", 3 * t + i)));
  const times = (matrix: ArrayLike<number>, v: ReadonlyArray<number>, i: number): number =>
    v.reduce((sum, value, j) => sum + matrix[i * v.length + j]! * value, 0);
  let h: ReadonlyArray<number> = [0, 0, 0];
  let loss = 0;
  const expected = x.flatMap((input, t) => {
    const masked = h.map((value, i) => m[i]! * value);
    const { "h.W": W, "h.U": U } = parameters as Readonly<Record<string, ArrayLike<number>>>;
    h = [0, 1, 2].map((i) => Math.tanh(times(W!, masked, i) + times(U!, input, i) + e[t]![i]!));
    loss += 0.5 * h.reduce((sum, value) => sum + value * value, 0);
    return h;
  });
  const found = valuesOf(model, { parameters, inputs: { x, "h.m": m, "h.e": e }, lengths: { T: 3 } });
  close(found.h!, expected);
  close(found.loss!, [loss]);
});

test("noise is drawn from a seed and is its mean without one, and the gradient is right for a draw", () => {
  const compiled = compiledOf(kept);
  const examples = [{ x: sequence(3) }, { x: sequence(1) }];
  const params = compiled.init(1);
  const lossOf = (seed?: number): number => compiled.loss(params, compiled.pack(examples, seed));
  const mean = { "h.m": [0.75, 0.75, 0.75] };
  const given = examples.map(({ x }) => ({ x, ...mean, "h.e": x.map(() => [0, 0, 0]) }));
  assert.equal(lossOf(), compiled.loss(params, compiled.pack(given)));
  assert.equal(lossOf(4), lossOf(4));
  assert.notEqual(lossOf(4), lossOf(5));
  for (const seed of [undefined, 4]) agreesWithDifferences(compiled, compiled.pack(examples, seed));
});

test("a cell's loss is summed over the axes that ride along, and so is its own random variable's", () => {
  const cell = "cell C(x[t]) -> h[t] {\n  h[t] = 2 * x[t]\n  minimize sum[t](h[t])\n  y[t] ~ normal(h[t], 1)\n}\n";
  const model = modelOf(
    `${cell}model M {\n axis s in 1..S\n axis t in 1..T\n input x[s,t] : R\n output h[s,t] = C(x[s,t])\n}`,
  );
  const x = [
    [1, 2],
    [3, 4],
  ];
  const { loss } = valuesOf(model, {
    parameters: {},
    inputs: {
      x,
      "h.y": [
        [2, 4],
        [6, 9],
      ],
    },
    lengths: { S: 2, T: 2 },
  });
  close(loss!, [20 + 0.5 + 2 * Math.log(2 * Math.PI)]);
});

test("an axis of a cell's own has a fixed size, or is as long as one of its arguments", () => {
  const cell = `cell Attend(k)(x[t]) -> c[t] {
  axis t in 1..T
  axis u in 1..T
  axis j in 1..k
  q[j] = 10 * j
  c[t] = sum[u](t * x[u]) + sum[j](q[j])
}
`;
  const model = modelOf(
    `${cell}${body("input x[t] : R\noutput a[t] = Attend(2)(x[t])\noutput b = Attend(3)(x[t])")}`.replace(
      "b = ",
      "b[t] = ",
    ),
  );
  const { a, b } = valuesOf(model, { parameters: {}, inputs: { x: [1, 2] }, lengths: { T: 2 } });
  assert.deepEqual(
    [a, b],
    [
      [33, 36],
      [63, 66],
    ],
  );
});

test("a cell has no output and no run-time length of its own", () => {
  const wrong = {
    "output h[t]": /result of the cell/,
    "axis j in 1..J": /size known when compiling/,
  };
  for (const [statement, hint] of Object.entries(wrong)) {
    const source = `cell C(x[t]) -> h[t] {\n${statement}\nh[t] = x[t]\n}\n${body("input x[t] : R\noutput a[t] = C(x[t])")}`;
    const [first, ...others] = diagnosticsOf(source);
    assert.deepEqual([first!.code, others], ["RNN190", []]);
    assert.match(first!.hint ?? "", hint);
    assert.match(first!.labels.map(({ text }) => text).join(), /`C` is applied here/);
    assert.ok(statement.includes(placeOf(source, first!)));
  }
});
