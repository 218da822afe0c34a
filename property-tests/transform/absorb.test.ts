import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { Compiled } from "../../src/compile.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { compiledProgram } from "../property/programs.ts";

const absorbing = ({ circuits }: Compiled): number =>
  [circuits.forward, circuits.gradient, circuits.train]
    .flatMap((circuit) => circuit?.nodes ?? [])
    .filter(({ op }) => op.tag === "map" && op.fn === "times").length;

test("no example pays for a slope that may be infinite but the one with a square root", () => {
  const paying = exampleNames.filter((name) => absorbing(compiledExample(name)) > 0);
  assert.deepEqual(paying, ["gradient-propagation.rnn"]);
});

const workloads = new URL("../../bench/workloads/", import.meta.url);
for (const name of readdirSync(workloads).filter((file) => file.endsWith(".rnn")))
  test(`no product of ${name} is one in which zero must absorb`, () => {
    const source = readFileSync(new URL(name, workloads), "utf8");
    assert.equal(absorbing(compiledProgram(source, { optimiser: "adam" })), 0);
  });

for (const cell of ["RNN", "LSTM", "LSTMConcat", "GRU", "MGU", "MinGRU", "PeepholeLSTM"])
  test(`no product of ${cell} is one in which zero must absorb`, () => {
    const source = `import ${cell} from "std"
model Around(n = 3, k = 2) {
  axis t in 1..T
  input x[t] : R[k]
  output h[t] = ${cell}(n)(x[t])
  param v
  y[t] : R ~ normal(v^T h[t], 0.5)
}`;
    assert.equal(absorbing(compiledProgram(source)), 0);
  });
