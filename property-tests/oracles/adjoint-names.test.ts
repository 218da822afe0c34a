import assert from "node:assert/strict";
import { test } from "node:test";
import { newBuilder } from "../../src/circuit/build.ts";
import { differentiate, leavesOf } from "../../src/transform/differentiate.ts";

/** The loss is w h, where h = tanh(w); `idle` is read by nothing that the loss needs. */
const derived = () => {
  const b = newBuilder();
  const w = b.parameter("w", []);
  const idle = b.parameter("idle", []);
  const h = b.name(b.map("tanh", w), "h");
  const loss = b.name(b.map("mul", w, h), "total");
  const circuit = b.finish([
    { role: "loss", name: "loss", node: loss, axes: [] },
    { role: "output", name: "idle", node: idle, axes: [] },
  ]);
  return differentiate({ wrt: leavesOf(circuit) })(circuit);
};

test("the adjoint of a named value bears its name, and a constant bears none", () => {
  const named = derived().nodes.flatMap(({ name, op }) => (name === undefined ? [] : [[name, op.tag]]));
  assert.deepEqual(named, [
    ["h", "map"],
    ["total", "map"],
    ["∂h", "map"],
  ]);
});

test("the gradient by what the loss does not depend on is 0", () => {
  const { nodes, outputs } = derived();
  const gradient = outputs.find(({ role, name }) => role === "gradient" && name === "idle")!;
  assert.deepEqual(nodes[gradient.node]!.op, { tag: "constant", value: 0 });
});
