import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Axis } from "../../src/circuit/axis.ts";
import { type Builder, newBuilder } from "../../src/circuit/build.ts";
import type { Circuit, NodeId, Op } from "../../src/circuit/circuit.ts";
import { rulesOf } from "../../src/transform/derivative-rules.ts";
import { differentiate, type Leaf } from "../../src/transform/differentiate.ts";
import { circuits, column, environmentOf, f, s, t, u, v, w } from "../circuit/arbitrary.ts";
import { agreesWithUnfolded, byEverything, gradientsOf } from "./gradients.ts";

/** A circuit whose loss is the sum of the sines of a value at all its positions: the slope differs from one to the other. */
const summed = (make: (b: Builder) => NodeId): Circuit => {
  const b = newBuilder();
  const value = make(b);
  const { axes } = b.node(value);
  const node = b.sum(axes, b.map("sin", value));
  return b.finish([{ role: "loss", name: "loss", node, axes: [] }]);
};

const agrees = (make: (b: Builder) => NodeId): void => {
  for (const [T, S, longest] of [
    [0, 2, 1],
    [1, 1, 3],
    [3, 2, 2],
    [7, 3, 4],
  ] as const)
    agreesWithUnfolded(summed(make), environmentOf(T, S, longest, T + S));
};

const others: ReadonlyArray<readonly [op: Op, operands: number]> = [
  [{ tag: "constant", value: 1 }, 0],
  [{ tag: "parameter", path: "P", shape: [2] }, 0],
  [{ tag: "input", name: "x", axes: [t] }, 0],
  [{ tag: "index", axis: t }, 0],
  [{ tag: "length", axis: t }, 0],
  [{ tag: "onehot", axis: v }, 1],
  [{ tag: "mark", name: "m", axes: [t] }, 1],
  [{ tag: "grad", over: [t], span: { file: "m.rnn", start: 0, end: 0 } }, 2],
];

test("an operation has a rule, or none, for each of its operands", () => {
  for (const [op, operands] of others) assert.equal(rulesOf(op).length, operands, op.tag);
  fc.assert(
    fc.property(circuits({ smooth: false }), ({ nodes }) => {
      for (const { op, inputs } of nodes) assert.equal(rulesOf(op).length, inputs.length, op.tag);
    }),
  );
});

for (const by of [1, 2, 4, 5, -1, -2, -4, -5])
  test(`a boundary has the gradient of where it is read, ${by} positions away: one for all positions, one for each`, () => {
    const x = (b: Builder): NodeId => b.input("x", [t, v]);
    agrees((b) => b.delay(t, by, b.parameter("Q", [2]), x(b)));
    agrees((b) => b.delay(t, by, b.map("mul", b.parameter("Q", [2]), b.index(t)), x(b)));
    agrees((b) => b.delay(f, by, b.parameter("Q", [2]), b.map("mul", x(b), b.index(f))));
  });

for (const by of [1, -1, 2])
  test(`a boundary along an axis over which another is ragged is read where the ragged one ends, too: by ${by}`, () => {
    agrees((b) => b.delay(s, by, b.parameter("R", [1]), b.input("y", [s, w]), [s, w]));
    agrees((b) => b.delay(s, by, b.map("mul", b.parameter("R", [1]), b.index(w)), b.input("y", [s, w]), [s, w]));
  });

/** The reads at one position that a gradient consists of: a boundary that is the same everywhere needs no whole sequence. */
test("a boundary that is the same at all positions is read at those up to four that are there", () => {
  const reads = (by: number, boundary: (b: Builder) => NodeId): number =>
    byEverything(summed((b) => b.delay(t, by, boundary(b), b.input("x", [t])))).nodes.filter(
      ({ op }) => op.tag === "at",
    ).length;
  const same = (b: Builder): NodeId => b.parameter("R", [1]);
  assert.deepEqual(
    [1, -1, 4, -4, 5, -5].map((by) => reads(by, same)),
    [1, 1, 4, 4, 0, 0],
  );
  assert.deepEqual(
    [1, -4].map((by) => reads(by, (b) => b.map("mul", same(b), b.index(t)))),
    [0, 0],
  );
});

test("what is renamed to a diagonal has its gradient there and none beside it, along whichever axes", () => {
  const pairs: ReadonlyArray<readonly [Axis, Axis]> = [
    [f, v],
    [column, v],
    [v, column],
    [v, f],
  ];
  for (const [from, to] of pairs)
    agrees((b) => {
      const grid = b.map("mul", b.parameter("Q", [2]), b.map("sin", b.map("add", b.index(from), b.index(to))));
      const spread = b.map("mul", grid, b.map("add", b.rename([[v, column]], b.parameter("Q", [2])), b.constant(2)));
      return b.rename([[from, to]], spread);
    });
});

test("a part of a vector has its gradient in its place, wherever it begins and ends", () => {
  for (const [from, size] of [
    [0, 1],
    [0, 2],
    [1, 1],
    [1, 2],
    [2, 1],
  ] as const)
    agrees((b) => b.slice(u, from, size, b.parameter("I", [3])));
});

const leaf: Leaf = { tag: "parameter", path: "Q", shape: [2] };

test("by what a circuit does not read, and of an output that it lacks, the gradient is 0 along the axes of its leaf", () => {
  const circuit = summed((b) => b.parameter("R", [1]));
  const environment = environmentOf(1, 1, 1, 1);
  const without = differentiate({ wrt: [leaf] })(circuit);
  assert.deepEqual(without.outputs.at(-1)!.axes, [v]);
  const lacking = differentiate({ of: ({ name }) => name === "none", wrt: [leaf, { ...leaf, path: "R", shape: [1] }] });
  for (const found of [without, lacking(circuit)])
    assert.deepEqual(
      [0, 1].map((i) => gradientsOf(found, environment)("Q", { [v.key]: i })),
      [0, 0],
    );
  assert.equal(gradientsOf(lacking(circuit), environment)("R", { "#0:1": 0 }), 0);
});

test("a gradient by one leaf has nothing of the others", () => {
  const circuit = summed((b) =>
    b.map("mul", b.parameter("Q", [2]), b.map("mul", b.parameter("R", [1]), b.input("z", []))),
  );
  const environment = environmentOf(1, 1, 1, 1);
  const alone = differentiate({ wrt: [leaf] })(circuit);
  assert.deepEqual(
    alone.outputs.map(({ role, name }) => [role, name]),
    [
      ["loss", "loss"],
      ["gradient", "Q"],
    ],
  );
  const all = gradientsOf(byEverything(circuit), environment);
  const own = gradientsOf(alone, environment);
  for (const i of [0, 1]) assert.equal(own("Q", { [v.key]: i }), all("Q", { [v.key]: i }));
});
