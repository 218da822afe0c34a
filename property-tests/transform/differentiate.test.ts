import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Circuit } from "../../src/circuit/circuit.ts";
import type { Environment } from "../../src/circuit/environment.ts";
import { copyNode, rewrite } from "../../src/circuit/rewrite.ts";
import { brokenInvariants } from "../../src/circuit/validate.ts";
import { circuits, environments } from "../circuit/arbitrary.ts";
import { close } from "../circuit/compare.ts";
import { agreesWithUnfolded, byEverything, componentIndex, difference, gradientsOf, lossOf } from "./gradients.ts";

test("the derivative of a circuit is a circuit", () => {
  fc.assert(
    fc.property(circuits({ smooth: false }), (circuit) =>
      assert.deepEqual(brokenInvariants(byEverything(circuit)), []),
    ),
  );
});

test("the symbolic derivative is back-propagation through the unfolded graph", () => {
  fc.assert(fc.property(circuits({ smooth: false }), environments, agreesWithUnfolded));
});

test("the symbolic derivative is the limit of differences", () => {
  fc.assert(
    fc.property(circuits({ smooth: true }), environments, (circuit, environment) => {
      agreesWithDifferences(byEverything(circuit), environment, (moved) => lossOf(circuit, moved));
    }),
    { numRuns: 50 },
  );
});

test("the derivative can be taken twice", () => {
  fc.assert(
    fc.property(circuits({ smooth: true }), environments, (circuit, environment) => {
      const squared = squaredGradient(byEverything(circuit));
      agreesWithDifferences(byEverything(squared), environment, (moved) => lossOf(squared, moved));
    }),
    { numRuns: 30 },
  );
});

const agreesWithDifferences = (
  derivative: Circuit,
  environment: Environment,
  value: (environment: Environment) => number,
): void => {
  const found = gradientsOf(derivative, environment);
  const checked = new Set<string>();
  for (const { op } of derivative.nodes) {
    if (op.tag !== "parameter" || checked.has(op.path)) continue;
    checked.add(op.path);
    Array.from(environment.parameters[op.path]!).forEach((_, place) => {
      const expected = difference(value, environment, op.path, place);
      close([found(op.path, componentIndex(op.shape, place))], [expected], 1e-5);
    });
  }
};

/** Half the sum of the squares of all gradients, as the loss. */
const squaredGradient = (circuit: Circuit): Circuit => {
  const { b, renamed } = rewrite(circuit, copyNode);
  const total = circuit.outputs
    .filter(({ role }) => role === "gradient")
    .map(({ node, axes }) => b.sum(axes, b.map("mul", renamed[node]!, renamed[node]!)))
    .reduce((sum, each) => b.map("add", sum, each), b.constant(0));
  return b.finish([{ role: "loss", name: "squared", node: b.map("mul", b.constant(0.5), total), axes: [] }]);
};
