import assert from "node:assert/strict";
import { test } from "node:test";
import { compiledProgram } from "../property/programs.ts";
import { exportedOf, mustGiveTheSame } from "./agreement.ts";
import { skip } from "./runtime.ts";
import { batchesOf, paramsOf } from "./subjects.ts";

const plain = `model M {
  axis t in 1..T
  input x[t] : R[2]
  input z : R
  param W : R[3,3]
  param U : R[3,2]
  h[0] = 0
  h[t] = tanh(W h[t-1] + U x[t])
  output y[t] = z * h[t]
  output last = h[T]
}`;

/** Words of the graph itself, of ONNX, and none that ONNX could have. */
const others: ReadonlyArray<Readonly<Record<string, string>>> = [
  { x: "batch", z: "shape", h: "Scan", y: "Identity", W: "const_0", U: "initial_h", t: "T_longest", T: "t" },
  { x: "β", z: "h'", h: "h_prime", y: "ж", W: "x", U: "node_y", T: "longest_T" },
  { x: "T_extent", z: "turn", h: "initial_y", y: "const_1", W: "h_W", U: "W_transposed", T: "T_positions" },
];

const renamed = (names: Readonly<Record<string, string>>): string =>
  plain.replaceAll(/\b[xzhyWUtT]\b/g, (name) => names[name] ?? name);

test("names of the program are those of the graph", () => {
  const model = compiledProgram(plain, { precision: "f32", target: "js" });
  const { graph } = exportedOf(model, paramsOf(model));
  assert.deepEqual(
    graph.inputs.map(({ name }) => name),
    ["x", "z", "T", "initial_h"],
  );
  assert.deepEqual(
    graph.outputs.map(({ name }) => name),
    ["y", "last"],
  );
});

for (const names of others)
  test(`under names such as ${Object.values(names).join(", ")} a model gives what it gives`, { skip }, async () => {
    const model = compiledProgram(renamed(names), { precision: "f32", target: "js" });
    const { graph } = exportedOf(model, paramsOf(model));
    const called = [...graph.inputs, ...graph.outputs].map(({ name }) => name);
    assert.equal(new Set(called).size, called.length);
    for (const name of called) assert.match(name, /^[A-Za-z][A-Za-z0-9_]*$/);
    for (const examples of batchesOf(model)) await mustGiveTheSame(model, paramsOf(model), examples, 1e-6);
  });
