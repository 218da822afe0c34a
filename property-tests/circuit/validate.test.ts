import assert from "node:assert/strict";
import { test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import { newBuilder } from "../../src/circuit/build.ts";
import type { Circuit, Node } from "../../src/circuit/circuit.ts";
import { brokenInvariants, validate } from "../../src/circuit/validate.ts";
import { runPasses } from "../../src/transform/pipeline.ts";
import { s, t, v, w } from "./arbitrary.ts";

const b = newBuilder();
const previous = b.feedback(t, 1, b.constant(0), [v]);
const h = b.map("tanh", b.map("add", previous, b.input("x", [t, v])));
b.tie(previous, h);
const sound = b.finish([{ role: "output", name: "h", node: h, axes: [t, v] }]);

const changed = (id: number, change: Partial<Node>): Circuit => ({
  ...sound,
  nodes: sound.nodes.map((node, place) => (place === id ? { ...node, ...change } : node)),
});

test("a sound circuit is valid", () => {
  assert.deepEqual(validate(sound), E.right(sound));
});

const broken: ReadonlyArray<readonly [string, Circuit, RegExp]> = [
  ["an input that comes later", changed(h, { inputs: [sound.nodes.length - 1] }), /does not stand before/],
  ["an input that is no node", changed(h, { inputs: [99] }), /is no node/],
  ["axes that do not follow from the operands", changed(h, { axes: [t] }), /has axes \[t\]/],
  ["too few operands", changed(h - 1, { inputs: [previous] }), /has 1 operands, not 2/],
  [
    "an output that hides an axis",
    { ...sound, outputs: [{ ...sound.outputs[0]!, axes: [t] }] },
    /further axes \[#0:2\]/,
  ],
  [
    "a ragged axis without the one it stands over",
    { nodes: [{ op: { tag: "input", name: "y", axes: [w] }, inputs: [], axes: [w] }], outputs: [] },
    /lacks \[s\]/,
  ],
  [
    "axes out of order",
    { nodes: [{ op: { tag: "input", name: "y", axes: [s, t] }, inputs: [], axes: [s, t] }], outputs: [] },
    /not in order/,
  ],
];

for (const [name, circuit, message] of broken) {
  test(`${name} is found`, () => assert.match(brokenInvariants(circuit).join(), message));
}

test("a pass that breaks the circuit is named", () => {
  const bad = { name: "spoil", description: "", run: () => changed(h, { axes: [] }) };
  const found = runPasses([bad])(sound);
  assert.ok(E.isLeft(found) && found.left.part === "pass spoil");
});
