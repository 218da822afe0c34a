import assert from "node:assert/strict";
import { test } from "node:test";
import { newBuilder } from "../../src/circuit/build.ts";
import type { Environment } from "../../src/circuit/environment.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import { print } from "../../src/circuit/print.ts";
import { unfold } from "../../src/circuit/unfold.ts";
import { CompilerFault } from "../../src/fault.ts";
import { s, t, w } from "./arbitrary.ts";

const environment = (T: number): Environment => ({
  parameters: {},
  inputs: { x: [1, 2, 3, 4], y: [[5], [6, 7], []] },
  lengths: { T, S: 3, W: ({ s: outer }) => [1, 2, 0][outer! - 1]! },
});

/** h[t] = h[t-1] + 1, h[0] = 0 */
const counter = () => {
  const b = newBuilder();
  const previous = b.feedback(t, 1, b.constant(0), []);
  const h = b.name(b.map("add", previous, b.constant(1)), "h");
  b.tie(previous, h);
  return { b, h };
};

const valueFor = (T: number, build: (b: ReturnType<typeof newBuilder>) => number): ReadonlyArray<number> => {
  const b = newBuilder();
  const node = build(b);
  const circuit = b.finish([{ role: "output", name: "o", node, axes: b.node(node).axes }]);
  return [...evaluate(circuit, environment(T))[0]!.data];
};

test("a sequence may be longer than the call stack is deep", () => {
  const { b, h } = counter();
  const last = b.at(t, { tag: "fromEnd", offset: 0 }, h);
  const circuit = b.finish([{ role: "output", name: "last", node: last, axes: [] }]);
  assert.deepEqual([...evaluate(circuit, environment(20_000))[0]!.data], [20_000]);
});

test("a delay reads its boundary before the first position, an advance after the last", () => {
  assert.deepEqual(
    valueFor(3, (b) => b.delay(t, 2, b.constant(9), b.input("x", [t]))),
    [9, 9, 1],
  );
  assert.deepEqual(
    valueFor(3, (b) => b.delay(t, -1, b.constant(9), b.input("x", [t]))),
    [2, 3, 9],
  );
});

test("a position that does not exist has value 0, the sum of nothing is 0, the maximum of nothing -Infinity", () => {
  const first = { tag: "fromStart", position: 1 } as const;
  assert.deepEqual(
    valueFor(0, (b) => b.at(t, first, b.input("x", [t]))),
    [0],
  );
  assert.deepEqual(
    valueFor(0, (b) => b.sum([t], b.input("x", [t]))),
    [0],
  );
  assert.deepEqual(
    valueFor(0, (b) => b.maximum([t], b.input("x", [t]))),
    [Number.NEGATIVE_INFINITY],
  );
});

test("a sum over axes that a value lacks counts their positions", () => {
  assert.deepEqual(
    valueFor(4, (b) => b.sum([t, s], b.constant(2))),
    [24],
  );
  assert.deepEqual(
    valueFor(4, (b) => b.sum([s, w], b.constant(1))),
    [3],
  );
  assert.deepEqual(
    valueFor(4, (b) => b.sum([w], b.input("y", [s, w]))),
    [5, 13, 0],
  );
});

test("a cycle that makes no progress is a fault of ours", () => {
  const b = newBuilder();
  const previous = b.feedback(t, 1, b.constant(0), []);
  b.tie(previous, b.map("add", b.sum([t], previous), b.constant(1)));
  const circuit = b.finish([{ role: "output", name: "o", node: previous, axes: [t] }]);
  assert.throws(() => evaluate(circuit, environment(3)), CompilerFault);
  assert.throws(() => unfold(circuit, environment(3)), CompilerFault);
});

test("the unfolded graph has one instance for each position", () => {
  const { b, h } = counter();
  const circuit = b.finish([{ role: "output", name: "h", node: h, axes: [t] }]);
  const places = unfold(circuit, environment(3)).instances.filter(({ node }) => node === h);
  assert.deepEqual(
    places.map(({ at }) => at.t),
    [1, 2, 3],
  );
});

test("a circuit prints one node a line", () => {
  const { b, h } = counter();
  const circuit = b.finish([{ role: "output", name: "h", node: h, axes: [t] }]);
  assert.equal(
    print(circuit),
    ["%0 = 0", "%1[t] = delay[t-1](%0, %3)", "%2 = 1", "%3[t] = add(%1, %2)  // h", "output h[t] = %3"].join("\n"),
  );
});
