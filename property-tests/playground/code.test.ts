import assert from "node:assert/strict";
import { test } from "node:test";
import { code } from "../../playground/src/worker/code.ts";
import { equationLines } from "../../playground/src/worker/equation-lines.ts";

const source = `cell Keep(n)(x[t]) -> h[t] {
  h[0] = 1
  h[t] : R[n] = 0.5 h[t-1] + x[t]
}
model Mean(n = 3) {
  axis t in 1..T
  input x[t] : R
  param w : R[n]
  h[0] = 0
  h[t] : R[n] = tanh(h[t-1] + w * x[t])
  y[t] ~ normal(sum(h[t]), 1)
}`;

test("code of a recurrence is said to be of its boundary's line too; other code is of one line", () => {
  const { lines } = code({ source, statics: {}, of: { target: "js", program: "gradient" } });
  const ofState = lines.filter(({ text }) => / \/\/ h$/.test(text));
  assert.ok(ofState.length > 1);
  for (const { from } of ofState) assert.deepEqual(from, [9, 10]);
  const others = lines.filter(({ text, from }) => from.length > 0 && !/ \/\/ ∂?h$/.test(text));
  assert.ok(others.length > 0);
  for (const { text, from } of others) assert.deepEqual([from.length, from.includes(9)], [1, false], text);
});

test("in WebAssembly every function tells which lines of the model it computes: those of all values that it writes", () => {
  const of = (target: "js" | "wasm") => code({ source, statics: {}, of: { target, program: "gradient" } }).lines;
  const linesOf = (target: "js" | "wasm") => [...new Set(of(target).flatMap(({ from }) => from))].sort((a, b) => a - b);
  assert.deepEqual(linesOf("wasm"), linesOf("js"));
  for (const { text, from } of of("wasm"))
    if (from.length > 0) assert.match(text, /^ {2}\(func \(;\d+: gradient, \d+: .*, of .*;\)/);
  const states = of("wasm").filter(({ text }) => / of (?:.*, )?h(?:, .*)?;\)/.test(text));
  assert.ok(states.length > 1);
  for (const { from } of states) assert.ok(from.includes(9) && from.includes(10));
});

test("variables of the same name in two definitions are two", () => {
  const lines = equationLines(source);
  assert.deepEqual(lines(3, "h"), [2, 3]);
  assert.deepEqual(lines(10, "h"), [9, 10]);
  assert.deepEqual(lines(8, "w"), [8]);
});
