import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { mustAgree } from "../../src/property/law.ts";
import type { Params } from "../../src/runtime/interface.ts";
import { decodeSafetensors } from "../../src/weights/decode.ts";
import { cellsOf } from "../../src/weights/dialects/cells.ts";
import { dialectNamed } from "../../src/weights/dialects/dialects.ts";
import { translated } from "../../src/weights/dialects/translate.ts";
import { writtenAs } from "../../src/weights/dialects/written.ts";
import { fittingWeights } from "../../src/weights/renamed.ts";
import type { Shaped } from "../../src/weights/safetensors.ts";
import { newFolder } from "../cli/run-rnnc.ts";
import { compiledProgram } from "../property/programs.ts";
import { answerOf, skip } from "./python.ts";

/** A recurrent layer of PyTorch, and the program that says the same. */
interface Case {
  readonly module: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** What the program applies to `x[t]`, and how wide it is in units of n. */
  readonly cell: string;
  readonly width?: string;
  readonly dialect: string;
}

const cases: Readonly<Record<string, Case>> = {
  "nn.RNN": { module: "RNN", options: {}, cell: "RNN(n)(x[t])", dialect: "pytorch:rnn" },
  "nn.RNN with relu": {
    module: "RNN",
    options: { nonlinearity: "relu" },
    cell: "RNN(n, relu)(x[t])",
    dialect: "pytorch",
  },
  "nn.LSTM": { module: "LSTM", options: {}, cell: "LSTM(n)(x[t])", dialect: "pytorch:lstm" },
  "nn.LSTM without biases": { module: "LSTM", options: { bias: false }, cell: "LSTM(n)(x[t])", dialect: "pytorch" },
  "nn.LSTM of two layers": {
    module: "LSTM",
    options: { num_layers: 2 },
    cell: "Stack(LSTM, n, 2)(x[t])",
    dialect: "pytorch",
  },
  "nn.LSTM with proj_size": {
    module: "LSTM",
    options: { proj_size: 2 },
    cell: "ProjectedLSTM(n, 2)(x[t])",
    width: "2",
    dialect: "pytorch:lstm",
  },
  "nn.GRU": { module: "GRU", options: {}, cell: "GRUResetAfter(n)(x[t])", dialect: "pytorch:gru" },
  "nn.GRU both ways": {
    module: "GRU",
    options: { bidirectional: true },
    cell: "Bi(GRUResetAfter, n)(x[t])",
    width: "2*n",
    dialect: "pytorch:gru",
  },
  "nn.RNN of two layers both ways": {
    module: "RNN",
    options: { bidirectional: true, num_layers: 2 },
    cell: "BiStack(RNN, n, 2)(x[t])",
    width: "2*n",
    dialect: "pytorch",
  },
};

const sizes = { k: 3, n: 4, m: 2 };
const x = Array.from({ length: 6 }, (_, t) => Array.from({ length: sizes.k }, (_, i) => Math.sin(3 * t + 2 * i)));
const folder = newFolder();

const prepared = Object.entries(cases).flatMap(([name, one]) =>
  (["f64", "f32"] as const).map((precision, i) => ({
    name,
    precision,
    ...one,
    path: join(folder, `${name.replaceAll(/\W/g, "-")}-${i}.safetensors`),
  })),
);

const answers = answerOf<ReadonlyArray<ReadonlyArray<ReadonlyArray<number>>>>(
  "dialects.py",
  prepared.map(({ module, options, path, precision }) => ({
    module,
    options,
    path,
    dtype: precision === "f64" ? "float64" : "float32",
    x,
    ...sizes,
  })),
);

const sourceOf = ({ cell, width = "n" }: Pick<Case, "cell" | "width">): string =>
  `import RNN, LSTM, ProjectedLSTM, GRUResetAfter, Stack, Bi, BiStack from "std"
model M(k, n, m) {
  axis t in 1..T
  input x[t] : R[k]
  param V : R[m,${width}]
  param c : R[m] = 0
  h[t] = ${cell}
  output o[t] : R[m] = c + V h[t]
}`;

prepared.forEach(({ name, precision, path, dialect, ...one }, i) => {
  test(`weights of PyTorch mean in the model what they mean there: ${name} in ${precision}`, { skip }, () => {
    const compiled = compiledProgram(sourceOf(one), { statics: sizes, precision });
    const asked = dialectNamed(dialect)!;
    const cells = cellsOf(compiled.elaborated.parameters, asked);
    const file = decodeSafetensors(readFileSync(path));
    assert.ok(file._tag === "Right");
    const found = translated(asked, cells, {}, file.right);
    assert.ok(found._tag === "Right", JSON.stringify(found));
    const shapes = Object.fromEntries(compiled.model.params.map(({ path, shape }) => [path, shape]));
    const weights = fittingWeights(shapes, { "head.weight": "V", "head.bias": "c" })(found.right);
    assert.ok(weights._tag === "Right", JSON.stringify(weights));
    const params = Object.fromEntries(
      Object.entries(weights.right).map(([at, { values }]) => [
        at,
        precision === "f64" ? Float64Array.from(values) : Float32Array.from(values),
      ]),
    ) as Params;
    const { data } = compiled.forward(params, compiled.pack([{ x }])).o!;
    mustAgree("o", data, answers![i]!.flat(), precision === "f64" ? 1e-12 : 1e-6);
    // Written again they are the same layer, whose biases are those of the first tensor; and read again the same weights.
    const shaped = Object.fromEntries(
      Object.entries(params).map(([at, values]): [string, Shaped] => [at, { values, shape: shapes[at]! }]),
    );
    const written = writtenAs(asked, cells, { h: "encoder" }, shaped);
    assert.ok(written._tag === "Right");
    const names = (tensors: object): ReadonlyArray<string> =>
      Object.keys(tensors)
        .filter((tensor) => tensor.startsWith("encoder."))
        .sort();
    if (one.options.bias !== false) assert.deepEqual(names(written.right.tensors), names(file.right.tensors));
    const again = translated(asked, cells, { h: "encoder" }, written.right);
    assert.ok(again._tag === "Right");
    const back = fittingWeights(shapes)(again.right);
    assert.ok(back._tag === "Right");
    for (const [at, { values }] of Object.entries(back.right)) assert.deepEqual([...values], [...params[at]!], at);
  });
});
