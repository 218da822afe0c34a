import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { newFolder } from "../cli/run-rnnc.ts";
import { compiledProgram } from "../property/programs.ts";
import { ifNative } from "./here.ts";

const source = `model M {
  axis t in 1..T
  axis k in 1..K
  input w[t] : symbol[5]
  input x[t,k] : R[2]
  input q : position in k
  param P : R[4,3]
  param E : R[3,5]
  param U : R[3,2]
  h[0] = 0
  h[t] = tanh(E[:,w[t]] + P[t] + U sum(x[t,k] for k) + h[t-1])
  output o = sum(h[T]) + x[1,q][1]
  y : symbol[3] ~ categorical(softmax(h[T]))
}`;

void source;

/** Two symbols, a table whose rows an axis counts, a last position that must be there, a truth, a state. */
const model = `model M {
  axis t in 1..T
  input w[t] : symbol[5]
  param P : R[4,3], E : R[3,5]
  h[0] = 0
  h[t] = tanh(E onehot(w[t]) + h[t-1])
  output o[t] = sum(h[t])
  s = h[T]
  p = sigmoid(sum(s))
  y : symbol[2] ~ categorical(softmax([sum(s), p]))
}`;

void model;
test.skip("", ifNative, () => {
  assert.ok(compiledProgram, "");
  writeFileSync(join(newFolder(), "a"), "");
  spawnSync("gcc");
});
