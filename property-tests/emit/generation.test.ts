import assert from "node:assert/strict";
import { test } from "node:test";
import { type Builder, newBuilder } from "../../src/circuit/build.ts";
import type { Output } from "../../src/circuit/circuit.ts";
import type { RandomSpec } from "../../src/circuit/model.ts";
import { stepGeneration } from "../../src/module/generation.ts";

const random = (target: string): Pick<RandomSpec, "target" | "family" | "arguments"> => ({
  target,
  family: "bernoulli",
  arguments: [`${target}.probability`],
});
const step = (outputs: (b: Builder) => ReadonlyArray<readonly [Output["role"], string, number]>) => {
  const b = newBuilder();
  return b.finish(outputs(b).map(([role, name, node]) => ({ role, name, node, axes: [] })));
};

test("a state that is the target itself is patched, and no second run is needed", () => {
  const circuit = step((b) => [
    ["distribution", "y.probability", b.map("sigmoid", b.input("$state.0.1", []))],
    ["state", "$state.0.1", b.input("y", [])],
    ["state", "$state.1.1", b.input("x", [])],
  ]);
  assert.deepEqual(stepGeneration(circuit, [random("y")]), {
    rounds: [["y"]],
    copies: [{ state: "$state.0.1", target: "y" }],
    again: false,
  });
});

test("a state that is made of the target needs another run", () => {
  const circuit = step((b) => [
    ["distribution", "y.probability", b.constant(0.5)],
    ["state", "$state.0.1", b.input("y", [])],
    ["state", "$state.1.1", b.map("tanh", b.input("y", []))],
  ]);
  assert.deepEqual(stepGeneration(circuit, [random("y")]), { rounds: [["y"]], copies: [], again: true });
});

test("variables are drawn in the order in which they depend on each other", () => {
  const circuit = step((b) => [
    ["distribution", "z.probability", b.map("sigmoid", b.map("add", b.input("y", []), b.input("w", [])))],
    ["distribution", "y.probability", b.map("sigmoid", b.input("w", []))],
    ["distribution", "v.probability", b.constant(0.5)],
    ["distribution", "w.probability", b.constant(0.5)],
  ]);
  const found = stepGeneration(circuit, ["z", "y", "v", "w"].map(random));
  assert.deepEqual(found, { rounds: [["v", "w"], ["y"], ["z"]], copies: [], again: false });
});
