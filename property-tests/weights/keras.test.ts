import assert from "node:assert/strict";
import { test } from "node:test";
import { mustAgree } from "../../src/property/law.ts";
import { cellsOf } from "../../src/weights/dialects/cells.ts";
import { dialectNamed } from "../../src/weights/dialects/dialects.ts";
import { translated } from "../../src/weights/dialects/translate.ts";
import { writtenAs } from "../../src/weights/dialects/written.ts";
import { fittingWeights } from "../../src/weights/renamed.ts";
import { type Shaped, tensorOf } from "../../src/weights/safetensors.ts";
import { compiledProgram } from "../property/programs.ts";

type Vector = ReadonlyArray<number>;
/** Rows of numbers, as numpy has them. */
type Matrix = ReadonlyArray<Vector>;

const sigmoid = (a: number): number => 1 / (1 + Math.exp(-a));
const each = (f: (...numbers: Vector) => number, ...vectors: ReadonlyArray<Vector>): Vector =>
  vectors[0]!.map((_, i) => f(...vectors.map((vector) => vector[i]!)));
const plus = (...vectors: ReadonlyArray<Vector>): Vector => each((...all) => all.reduce((a, b) => a + b), ...vectors);

/** `x @ W`. */
const times = (x: Vector, matrix: Matrix): Vector =>
  matrix[0]!.map((_, j) => x.reduce((sum, value, i) => sum + value * matrix[i]![j]!, 0));

/** `np.split(a, count, axis=-1)`. */
const split = (vector: Vector, count: number): ReadonlyArray<Vector> => {
  const size = vector.length / count;
  return Array.from({ length: count }, (_, g) => vector.slice(g * size, (g + 1) * size));
};

interface Weights {
  readonly kernel: Matrix;
  readonly recurrent: Matrix;
  readonly bias: Matrix;
}

/** One step of a layer as Keras's documentation and sources state it: from the state, which begins with the output, to the next. */
type Step = (weights: Weights, x: Vector, state: ReadonlyArray<Vector>) => ReadonlyArray<Vector>;

const simple: Step = ({ kernel, recurrent, bias }, x, [h]) => [
  each(Math.tanh, plus(times(x, kernel), bias[0]!, times(h!, recurrent))),
];

const lstm: Step = ({ kernel, recurrent, bias }, x, [h, c]) => {
  const [i, f, candidate, o] = split(plus(times(x, kernel), times(h!, recurrent), bias[0]!), 4);
  const next = each((i, f, g, c) => sigmoid(f) * c + sigmoid(i) * Math.tanh(g), i!, f!, candidate!, c!);
  return [each((o, c) => sigmoid(o) * Math.tanh(c), o!, next), next];
};

/** `reset_after=True`. */
const gruAfter: Step = ({ kernel, recurrent, bias }, x, [h]) => {
  const [xz, xr, xh] = split(plus(times(x, kernel), bias[0]!), 3);
  const [hz, hr, hh] = split(plus(times(h!, recurrent), bias[1]!), 3);
  const z = each(sigmoid, plus(xz!, hz!));
  const r = each(sigmoid, plus(xr!, hr!));
  const candidate = each((x, r, h) => Math.tanh(x + r * h), xh!, r, hh!);
  return [each((z, h, candidate) => z * h + (1 - z) * candidate, z, h!, candidate)];
};

/** `reset_after=False`. */
const gruBefore: Step = ({ kernel, recurrent, bias }, x, [h]) => {
  const [xz, xr, xh] = split(plus(times(x, kernel), bias[0]!), 3);
  const n = h!.length;
  const [uz, ur, uh] = [0, 1, 2].map((g) => recurrent.map((row) => row.slice(g * n, (g + 1) * n)));
  const z = each(sigmoid, plus(xz!, times(h!, uz!)));
  const r = each(sigmoid, plus(xr!, times(h!, ur!)));
  const candidate = each(
    Math.tanh,
    plus(
      xh!,
      times(
        each((r, h) => r * h, r, h!),
        uh!,
      ),
    ),
  );
  return [each((z, h, candidate) => z * h + (1 - z) * candidate, z, h!, candidate)];
};

interface Kind {
  readonly step: Step;
  readonly gates: number;
  readonly biases: 1 | 2;
  readonly states: number;
  readonly cell: string;
  readonly dialect: string;
}

const kinds: Readonly<Record<string, Kind>> = {
  SimpleRNN: { step: simple, gates: 1, biases: 1, states: 1, cell: "RNN", dialect: "keras:simplernn" },
  LSTM: { step: lstm, gates: 4, biases: 1, states: 2, cell: "LSTM", dialect: "keras:lstm" },
  GRU: { step: gruAfter, gates: 3, biases: 2, states: 1, cell: "GRUResetAfter", dialect: "keras:gru" },
  "GRU with reset_after=False": { step: gruBefore, gates: 3, biases: 1, states: 1, cell: "GRU", dialect: "keras" },
};

const [k, n] = [3, 4];
const x = Array.from({ length: 5 }, (_, t) => Array.from({ length: k }, (_, i) => Math.sin(3 * t + 2 * i)));

/** Numbers that no two places share. */
const drawn = (rows: number, columns: number, seed: number): Matrix =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => Math.sin(7 * i + 3 * j + seed)));

const weightsOf = ({ gates, biases }: Kind, inputs: number, seed: number): Weights => ({
  kernel: drawn(inputs, gates * n, seed),
  recurrent: drawn(n, gates * n, seed + 1),
  bias: drawn(biases, gates * n, seed + 2),
});

const tensor = (matrix: Matrix, isVector = false) =>
  tensorOf({
    shape: isVector ? [matrix[0]!.length] : [matrix.length, matrix[0]!.length],
    values: Float64Array.from(matrix.flat()),
  });

const tensorsOf = (prefix: string, { biases }: Kind, { kernel, recurrent, bias }: Weights) => ({
  [`${prefix}/kernel`]: tensor(kernel),
  [`${prefix}/recurrent_kernel`]: tensor(recurrent),
  [`${prefix}/bias`]: tensor(bias, biases === 1),
});

const run = ({ step, states }: Kind, weights: Weights, xs: Matrix): Matrix => {
  let state: ReadonlyArray<Vector> = Array.from({ length: states }, () => Array<number>(n).fill(0));
  return xs.map((x) => {
    state = step(weights, x, state);
    return state[0]!;
  });
};

const compiledOf = (applied: string, width: string, sizes: Readonly<Record<string, number>> = { k, n }) =>
  compiledProgram(
    `import RNN, LSTM, GRU, GRUResetAfter, Stack, Bi from "std"
model M(k, n) {
  axis t in 1..T
  input x[t] : R[k]
  param D : R[2,${width}]
  h[t] = ${applied}
  output o[t] = D h[t]
}`,
    { statics: sizes },
  );

const dense = (width: number): Matrix => drawn(width, 2, 50);

const checked = (
  applied: string,
  width: readonly [string, number],
  dialect: string,
  tensors: Parameters<typeof translated>[3]["tensors"],
  expected: Matrix,
): void => {
  const compiled = compiledOf(applied, width[0]);
  const asked = dialectNamed(dialect)!;
  const cells = cellsOf(compiled.elaborated.parameters, asked);
  const head = dense(width[1]);
  const file = { metadata: {}, tensors: { ...tensors, "dense/kernel": tensor(head) } };
  const found = translated(asked, cells, {}, file);
  assert.ok(found._tag === "Right", JSON.stringify(found));
  const shapes = Object.fromEntries(compiled.model.params.map(({ path, shape }) => [path, shape]));
  const weights = fittingWeights(shapes, { "dense/kernel": "D" })(found.right);
  assert.ok(weights._tag === "Right", JSON.stringify(weights));
  const params = Object.fromEntries(
    Object.entries(weights.right).map(([path, { values }]) => [path, Float64Array.from(values)]),
  );
  const { data } = compiled.forward(params, compiled.pack([{ x }])).o!;
  mustAgree(
    "o",
    data,
    expected.flatMap((h) => times(h, head)),
    1e-12,
  );
  const shaped = Object.fromEntries(
    Object.entries(params).map(([path, values]): [string, Shaped] => [path, { values, shape: shapes[path]! }]),
  );
  const written = writtenAs(asked, cells, {}, shaped);
  assert.ok(written._tag === "Right");
  const again = translated(asked, cells, {}, written.right);
  assert.ok(again._tag === "Right", JSON.stringify(again));
  const back = fittingWeights(shapes)(again.right);
  assert.ok(back._tag === "Right", JSON.stringify(back));
  for (const [path, { values }] of Object.entries(back.right)) mustAgree(path, values, params[path]!, 0);
};

for (const [name, kind] of Object.entries(kinds)) {
  const one = weightsOf(kind, k, 1);
  test(`weights of Keras mean in the model what its equations say: ${name}`, () => {
    checked(`${kind.cell}(n)(x[t])`, ["n", n], kind.dialect, tensorsOf("lstm/lstm_cell", kind, one), run(kind, one, x));
  });

  test(`weights of Keras mean in the model what its equations say: ${name} in both directions`, () => {
    const other = weightsOf(kind, k, 9);
    const backward = run(kind, other, x.toReversed()).toReversed();
    checked(
      `Bi(${kind.cell}, n)(x[t])`,
      ["2*n", 2 * n],
      kind.dialect,
      {
        ...tensorsOf("bidirectional/backward_lstm", kind, other),
        ...tensorsOf("bidirectional/forward_lstm", kind, one),
      },
      run(kind, one, x).map((h, t) => [...h, ...backward[t]!]),
    );
  });
}
