import assert from "node:assert/strict";
import { test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import { onnxOf } from "../../src/export/onnx/export-model.ts";
import { bytesOfModel } from "../../src/onnx/encode.ts";
import { mustAgree } from "../../src/property/law.ts";
import { compiledProgram } from "../property/programs.ts";
import { exportedOf, givenFor } from "./agreement.ts";
import { type Given, ran, skip } from "./runtime.ts";
import { paramsOf } from "./subjects.ts";

/** Models that look back one position: by operations of their own, by loops, and by inputs that are delayed. */
const models = {
  "an LSTM":
    'import LSTM from "std"\nmodel M(n = 3) {\n  axis t in 1..T\n  input x[t] : R[2]\n  (h[t], c[t]) = LSTM(n)(x[t])\n  output h\n}',
  "an LSTM whose memory is shown":
    'import LSTM from "std"\nmodel M(n = 3) {\n  axis t in 1..T\n  input x[t] : R[2]\n  (g[t], c[t]) = LSTM(n)(x[t])\n  output h[t] = g[t] + c[t]\n}',
  "a GRU from a learned state, seen a step later":
    'import GRU from "std"\nmodel M(n = 3) {\n  axis t in 1..T\n  input x[t] : R[2]\n  param s : R[n] ~ normal(0, 1)\n  g[t] = GRU(n)(x[t]) with h[0] = s\n  output h[t] = g[t-1]\n}',
  "a delayed symbol":
    "model M(n = 3) {\n  axis t in 1..T\n  input w[t] : symbol[4]\n  param E : R[4,n]\n  w[0] = 2\n  output h[t] = E[w[t-1]]\n}",
  "what stands where":
    "model M {\n  axis t in 1..T\n  input x[t] : R[2]\n  s[0] = 0\n  g[0] = 0\n  s[t] : R[2] = s[t-1] + (if t == 1 then [10; 20] else x[t])\n  g[t] : R[2] = g[t-1] + (if mod(t, 3) == 0 then t * x[t] else 0)\n  output h[t] = g[t] - s[t]\n}",
  "symbols of which the first reads nothing":
    "model M(n = 3) {\n  axis t in 1..T\n  input w[t] : symbol[4]\n  param E : R[4,n]\n  param U : R[n,n]\n  param first : R[n] ~ normal(0, 1)\n  w[0] = 0\n  x[t] = if t == 1 then first else E[w[t-1]]\n  g[0] = 0\n  g[t] = tanh(x[t] + U g[t-1])\n  output h[t] = g[t] + E[w[t]]\n}",
};

const tensor = (type: string, shape: ReadonlyArray<number>, values: ReadonlyArray<number>): Given =>
  type === "int64"
    ? { type: "int64", shape: [...shape], data: Int32Array.from(values) }
    : { type: "float32", shape: [...shape], data: Float32Array.from(values) };

/** A batch of two sequences, of 5 and 3 positions, and what comes of it in two parts. */
for (const [words, source] of Object.entries(models))
  test(`what is known of ${words} after a part of a sequence goes on in the next`, { skip }, async () => {
    const model = compiledProgram(source, { precision: "f32", target: "js" });
    const params = paramsOf(model);
    const symbols = source.includes("symbol");
    const whole = [5, 3].map((length, k) =>
      Array.from({ length }, (_, i) => (symbols ? (i + k) % 4 : [Math.sin(i + k), Math.cos(3 * i)])),
    );
    const packed = (parts: ReadonlyArray<unknown>) =>
      model.pack(parts.map((part) => ({ [symbols ? "w" : "x"]: part })) as never);
    const exported = exportedOf(model, params, true);
    const bytes = bytesOfModel(exported);
    const starts = exported.graph.inputs.filter(({ name }) => name.startsWith("initial_"));
    assert.ok(starts.length > 0);
    const plain = exportedOf(model, params);
    const initial = Object.fromEntries(
      starts.map(({ name, type, shape }): [string, Given] => {
        const { data } = plain.graph.initializers.find((tensor) => tensor.name === name) ?? { data: [symbols ? 2 : 0] };
        const start = name === "initial_position" ? [0] : data;
        const values = Array.from({ length: 2 * start.length }, (_, i) => Number(start[i % start.length]));
        return [name, tensor(type, [2, ...(shape.slice(1) as number[])], values)];
      }),
    );
    const first = await ran(bytes, { ...givenFor(model, packed(whole.map((each) => each.slice(0, 3)))), ...initial });
    const carried = Object.fromEntries(
      starts.map(({ name, type }): [string, Given] => {
        const { dims, data } = first[name.replace("initial_", "final_")]!;
        return [name, tensor(type, dims, Array.from(data, Number))];
      }),
    );
    const second = await ran(bytes, { ...givenFor(model, packed(whole.map((each) => each.slice(3)))), ...carried });
    const { data, shape } = model.forward(params, packed(whole)).h!;
    const before = shape.slice(1).reduce((a, b) => a * b, 3);
    mustAgree("the first part", first.h!.data, data.slice(0, before), 1e-6);
    mustAgree("the second part", second.h!.data, data.slice(before), 1e-6);
    // The second sequence has ended: what is known of it stays.
    for (const { name } of starts) {
      const [a, b] = [first, second].map((each) => Array.from(each[name.replace("initial_", "final_")]!.data, Number));
      const half = a!.length / 2;
      mustAgree(name, b!.slice(half), a!.slice(half), 0);
    }
  });

test("a model that looks ahead, further back or at all positions cannot go on", () => {
  const sources = [
    "model M {\n  axis t in 1..T\n  input x[t] : R\n  x[_] = 0\n  output y[t] = x[t+1]\n}",
    "model M {\n  axis t in 1..T\n  input x[t] : R\n  x[_] = 0\n  output y[t] = x[t-2]\n}",
    "model M {\n  axis t in 1..T\n  input x[t] : R\n  output y[t] = x[t] - mean[t](x[t])\n}",
  ];
  for (const source of sources) {
    const { elaborated } = compiledProgram(source);
    const made = onnxOf(elaborated, { params: {}, precision: "f32", carries: true });
    assert.deepEqual(made, E.left("cannot go on"), source);
  }
});
