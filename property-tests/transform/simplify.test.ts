import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Circuit } from "../../src/circuit/circuit.ts";
import type { Environment } from "../../src/circuit/environment.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import { brokenInvariants } from "../../src/circuit/validate.ts";
import { applyLaws, optimisations } from "../../src/transform/simplify.ts";
import { stableForms } from "../../src/transform/stable/stable-forms.ts";
import { circuits, environments } from "../circuit/arbitrary.ts";
import { close, valuesOf } from "../circuit/compare.ts";
import { byEverything, componentIndex, gradientsOf } from "./gradients.ts";

const preserves = (before: Circuit, after: Circuit, environment: Environment): void => {
  assert.deepEqual(brokenInvariants(after), []);
  const expected = valuesOf(before, environment, evaluate(before, environment));
  const found = valuesOf(after, environment, evaluate(after, environment));
  found.forEach((values, i) => {
    close(values, expected[i]!, 1e-9);
  });
};

for (const pass of [stableForms, ...optimisations]) {
  test(`${pass.name} preserves the value of every output`, () => {
    fc.assert(
      fc.property(circuits({ smooth: false }), environments, (circuit, environment) => {
        preserves(circuit, pass.run(circuit), environment);
      }),
    );
  });
  test(`${pass.name} preserves every gradient`, () => {
    fc.assert(
      fc.property(circuits({ smooth: false }), environments, (circuit, environment) => {
        const derivative = byEverything(circuit);
        preserves(derivative, pass.run(derivative), environment);
      }),
    );
  });
}

test("a derivative may be taken before or after the laws are applied", () => {
  fc.assert(
    fc.property(circuits({ smooth: true }), environments, (circuit, environment) => {
      const found = gradientsOf(byEverything(applyLaws.run(circuit)), environment);
      const expected = gradientsOf(byEverything(circuit), environment);
      for (const { op } of applyLaws.run(circuit).nodes) {
        if (op.tag !== "parameter") continue;
        const size = op.shape.reduce((product, each) => product * each, 1);
        for (let place = 0; place < size; place++) {
          const index = componentIndex(op.shape, place);
          close([found(op.path, index)], [expected(op.path, index)], 1e-9);
        }
      }
    }),
  );
});
