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

test("variables of the same name in two definitions are two", () => {
  const lines = equationLines(source);
  assert.deepEqual(lines(3, "h"), [2, 3]);
  assert.deepEqual(lines(10, "h"), [9, 10]);
  assert.deepEqual(lines(8, "w"), [8]);
});
