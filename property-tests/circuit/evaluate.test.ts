import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { evaluate } from "../../src/circuit/evaluate.ts";
import { unfold } from "../../src/circuit/unfold.ts";
import { evaluateUnfolded } from "../../src/circuit/unfold-gradient.ts";
import { brokenInvariants } from "../../src/circuit/validate.ts";
import { circuits, environments } from "./arbitrary.ts";
import { close, valuesOf } from "./compare.ts";

test("what the builder builds keeps the invariants", () => {
  fc.assert(fc.property(circuits({ smooth: false }), (circuit) => assert.deepEqual(brokenInvariants(circuit), [])));
});

test("the evaluator and the unfolded graph agree", () => {
  fc.assert(
    fc.property(circuits({ smooth: false }), environments, (circuit, environment) => {
      const unfolded = evaluateUnfolded(unfold(circuit, environment), environment);
      valuesOf(circuit, environment, evaluate(circuit, environment)).forEach((values, i) => {
        close(values, unfolded[i]!, 1e-12);
      });
    }),
  );
});
