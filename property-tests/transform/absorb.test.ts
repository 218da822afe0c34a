import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { isAbsorbing } from "../../src/circuit/absorb.ts";
import type { Circuit, Node, Pointwise } from "../../src/circuit/circuit.ts";
import { nodeAt } from "../../src/circuit/node-at.ts";
import { isOwnName } from "../../src/circuit/own-names.ts";
import type { Compiled } from "../../src/compile.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { compiledProgram } from "../property/programs.ts";

/** What is paid where a slope may be infinite or no number: products in which zero absorbs, choices, limits. */
const paid = ({ circuits }: Compiled): ReadonlyArray<string> =>
  [circuits.forward, circuits.gradient, circuits.train].flatMap((circuit) =>
    (circuit?.nodes ?? []).flatMap((node): ReadonlyArray<string> => {
      if (isAbsorbing(node)) return ["absorbing product"];
      if (isGuard(circuit!, node)) return ["guard"];
      return isLimited(circuit!, node) ? ["limit"] : [];
    }),
  );

/** A choice by a number, which a program's own conditions are not; the compiler's inputs say where a chunk goes on. */
const isGuard = (circuit: Circuit, { op, inputs }: Node): boolean => {
  if (op.tag !== "map" || op.fn !== "select") return false;
  const { op: condition } = nodeAt(circuit, inputs[0]!);
  if (condition.tag === "input") return !isOwnName(condition.name);
  return condition.tag !== "map" || !(truths as ReadonlyArray<string>).includes(condition.fn);
};

const truths = ["less", "lessEqual", "equal", "not", "and", "or"] as const satisfies ReadonlyArray<Pointwise>;

/** What is kept below the greatest number of single precision. */
const isLimited = (circuit: Circuit, { op, inputs }: Node): boolean =>
  op.tag === "map" &&
  op.fn === "min" &&
  inputs.some((input) => {
    const { op: bound } = nodeAt(circuit, input);
    return bound.tag === "constant" && bound.value === 2 ** 127 * (2 - 2 ** -23);
  });

test("no example pays for a slope that may be infinite but the one with a square root", () => {
  const paying = exampleNames.filter((name) => paid(compiledExample(name)).length > 0);
  assert.deepEqual(paying, ["gradient-propagation.rnn"]);
});

test("what is paid is found: absorbing products, limits of their operands, a choice where an axis may be empty", () => {
  const kinds = new Set(paid(compiledExample("gradient-propagation.rnn")));
  assert.deepEqual([...kinds].sort(), ["absorbing product", "limit"]);
  const source = "model M {\n  axis t in 1..T\n  input x[t] : R\n  output y[t] = x[t] / sum[t](x[t])\n}\n";
  assert.ok(paid(compiledProgram(source)).includes("guard"));
});

/** Workloads with gates that are exponentials, of which nothing says how great they are. */
const exponential = ["w8.rnn"];

const workloads = new URL("../../bench/workloads/", import.meta.url);
for (const name of readdirSync(workloads).filter((file) => file.endsWith(".rnn")))
  test(`${name} pays ${exponential.includes(name) ? "" : "nothing "}for slopes that may be infinite`, () => {
    const source = readFileSync(new URL(name, workloads), "utf8");
    const isFree = paid(compiledProgram(source, { optimiser: "adam" })).length === 0;
    assert.equal(isFree, !exponential.includes(name));
  });

for (const cell of ["RNN", "LSTM", "LSTMConcat", "GRU", "MGU", "MinGRU", "PeepholeLSTM"])
  test(`${cell} pays nothing for slopes that may be infinite`, () => {
    const source = `import ${cell} from "std"
model Around(n = 3, k = 2) {
  axis t in 1..T
  input x[t] : R[k]
  output h[t] = ${cell}(n)(x[t])
  param v
  y[t] : R ~ normal(v^T h[t], 0.5)
}`;
    assert.deepEqual(paid(compiledProgram(source)), []);
  });
