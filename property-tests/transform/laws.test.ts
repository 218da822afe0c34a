import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { featureAxis } from "../../src/circuit/axis.ts";
import { type Builder, newBuilder } from "../../src/circuit/build.ts";
import type { NodeId } from "../../src/circuit/circuit.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import { pointwiseValues } from "../../src/circuit/pointwise.ts";
import { match } from "../../src/match.ts";
import { differentiate } from "../../src/transform/differentiate.ts";
import { laws } from "../../src/transform/laws.ts";
import { applyLaws, optimise } from "../../src/transform/simplify.ts";
import type { Term } from "../../src/transform/term.ts";
import { s, t, v, w } from "../circuit/arbitrary.ts";
import { close } from "../circuit/compare.ts";

type Values = Readonly<Record<string, number>>;

const termValue = (term: Term, values: Values): number =>
  match<Term, number>({
    variable: ({ name }) => values[name]!,
    scalar: ({ name }) => values[name]!,
    number: ({ value }) => value,
    apply: ({ fn, operands }) => {
      const [x = 0, z = 0, w = 0] = operands.map((operand) => termValue(operand, values));
      return pointwiseValues[fn](x, z, w);
    },
  })(term);

/** Of one zero, and neither so small nor so large that a sum loses it. */
const number = fc.integer({ min: -10_000, max: 10_000 }).map((thousandths) => thousandths / 1000);

for (const { name, left, right } of laws) {
  test(`law: ${name}`, () => {
    fc.assert(
      fc.property(fc.record({ x: number, y: number, z: number, c: number, d: number }), (values) =>
        close([termValue(left, values)], [termValue(right, values)], 1e-9),
      ),
    );
  });
}

test("no law is listed twice", () => {
  const names = laws.map(({ name }) => name);
  assert.deepEqual(names, [...new Set(names)]);
});

/** The operations left in the simplified circuit of one value. */
const simplified = (build: (b: Builder) => NodeId): ReadonlyArray<string> => {
  const b = newBuilder();
  const node = build(b);
  const circuit = b.finish([{ role: "output", name: "o", node, axes: b.node(node).axes }]);
  return applyLaws.run(circuit).nodes.map(({ op }) => (op.tag === "map" || op.tag === "reduce" ? op.fn : op.tag));
};

const column = featureAxis(1, 2);

const shapes: ReadonlyArray<readonly [string, (b: Builder) => NodeId, ReadonlyArray<string>]> = [
  ["functions of constants are folded", (b) => b.map("add", b.constant(1), b.constant(2)), ["constant"]],
  [
    "the sum of a value at one position is the value there",
    (b) => {
      const here = b.map("equal", b.index(t), b.map("add", b.length(t), b.constant(-1)));
      return b.sum([t], b.map("select", here, b.input("x", [t]), b.constant(0)));
    },
    ["input", "at"],
  ],
  ["a symbol names one component", (b) => b.sum([v], b.onehot(v, b.input("c", [t]))), ["constant"]],
  [
    "renaming there and back is nothing",
    (b) => b.rename([[column, v]], b.rename([[v, column]], b.parameter("q", [2]))),
    ["parameter"],
  ],
  [
    "a slice of a concatenation is the part",
    (b) => b.slice(featureAxis(0, 5), 2, 3, b.concat(0, [2, 3], [b.parameter("q", [2]), b.parameter("r", [3])])),
    ["parameter"],
  ],
  [
    "slices laid end to end are the whole",
    (b) => {
      const whole = b.parameter("q", [5]);
      const axis = featureAxis(0, 5);
      return b.concat(0, [2, 3], [b.slice(axis, 0, 2, whole), b.slice(axis, 2, 3, whole)]);
    },
    ["parameter"],
  ],
  ["a delayed constant is the constant", (b) => b.delay(t, 1, b.constant(0), b.constant(0)), ["constant"]],
  [
    "a factor that lacks the summed axis leaves the sum",
    (b) => b.sum([t], b.map("mul", b.input("x", [t]), b.parameter("a", []))),
    ["input", "parameter", "sum", "mul"],
  ],
  [
    "a product of sums is summed factor by factor",
    (b) => b.sum([t, s], b.map("mul", b.input("x", [t]), b.input("y", [s]))),
    ["input", "input", "sum", "sum", "mul"],
  ],
  [
    "summing a matrix product over time sums the vector first",
    (b) => {
      const x = b.rename([[v, column]], b.input("x", [t, v]));
      return b.sum([t], b.sum([column], b.map("mul", b.parameter("P", [2, 2]), x)));
    },
    ["input", "rename", "parameter", "sum", "mul", "sum"],
  ],
  [
    "a ragged axis never outlives the one it stands over",
    (b) => b.sum([s, w], b.map("mul", b.input("y", [s, w]), b.input("x", [s]))),
    ["input", "sum", "input", "mul", "sum"],
  ],
];

for (const [name, build, expected] of shapes) {
  test(`structure: ${name}`, () => {
    assert.deepEqual([...simplified(build)].sort(), [...expected].sort());
  });
}

/** -log of the probability that softmax gives a symbol, as the slides write it. */
const crossEntropy = () => {
  const b = newBuilder();
  const axis = featureAxis(0, 3);
  const o = b.parameter("o", [3]);
  const e = b.map("exp", b.map("sub", o, b.map("stop", b.maximum([axis], o))));
  const p = b.map("div", e, b.sum([axis], e));
  const chosen = b.map("mul", b.map("log", p), b.onehot(axis, b.input("y", [])));
  const loss = b.map("neg", b.sum([axis], chosen));
  return b.finish([{ role: "loss", name: "loss", node: loss, axes: [] }]);
};

test("cross entropy of softmax takes no logarithm of a probability, and its gradient is finite at any logits", () => {
  const simple = applyLaws.run(crossEntropy());
  const hasDivision = simple.nodes.some(({ op }) => op.tag === "map" && op.fn === "div");
  assert.equal(hasDivision, false);
  const derivative = optimise(differentiate({ wrt: [{ tag: "parameter", path: "o", shape: [3] }] })(simple));
  const environment = { parameters: { o: [1000, -1000, 0] }, inputs: { y: 1 }, lengths: {} };
  const [loss, gradient] = evaluate(derivative, environment);
  close([...loss!.data], [2000], 1e-12);
  close([...gradient!.data], [1, -1, 0], 1e-12);
});

test("the logarithms of a sigmoid and of its complement are finite at any logit", () => {
  const b = newBuilder();
  const probability = b.map("sigmoid", b.input("z", []));
  const complement = b.map("sub", b.constant(1), probability);
  const node = b.map("add", b.map("log", probability), b.map("log", complement));
  const simple = optimise(b.finish([{ role: "output", name: "o", node, axes: [] }]));
  for (const z of [-1000, 1000]) {
    close([...evaluate(simple, { parameters: {}, inputs: { z }, lengths: {} })[0]!.data], [-1000], 1e-12);
  }
});
