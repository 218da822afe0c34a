import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Circuit } from "../../src/circuit/circuit.ts";
import type { Environment, Index } from "../../src/circuit/environment.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import { copyNode, rewrite } from "../../src/circuit/rewrite.ts";
import { spaceOf } from "../../src/circuit/space.ts";
import { brokenInvariants } from "../../src/circuit/validate.ts";
import { addBatch } from "../../src/transform/batch.ts";
import { batchLoss, meanLoss } from "../../src/transform/batch-loss.ts";
import { optimise } from "../../src/transform/simplify.ts";
import { circuits, environments, t } from "../circuit/arbitrary.ts";
import { close, componentAt } from "../circuit/compare.ts";
import { byEverything, componentIndex, gradientsOf, lossOf } from "./gradients.ts";

/** Some examples with the same parameters. */
const examples = fc
  .array(environments, { minLength: 1, maxLength: 3 })
  .map((alone) => alone.map((environment) => ({ ...environment, parameters: alone[0]!.parameters })));

test("an example means in a batch what it means alone", () => {
  fc.assert(
    fc.property(circuits({ smooth: false }), examples, (circuit, alone) => {
      const batched = addBatch.run(circuit);
      assert.deepEqual(brokenInvariants(batched), []);
      const together = batchOf(alone);
      const found = evaluate(batched, together);
      alone.forEach((environment, example) => {
        const expected = evaluate(circuit, environment);
        circuit.outputs.forEach(({ axes }, i) => {
          for (const index of spaceOf(environment).positions(axes, axes, {})) {
            const there = { ...index, "@batch": example };
            close(
              [componentAt(together, batched.outputs[i]!.axes, found[i]!, there)],
              [componentAt(environment, axes, expected[i]!, index)],
              1e-12,
            );
          }
        });
      });
    }),
  );
});

test("the gradient of a batch's mean loss is the mean of the examples' gradients", () => {
  fc.assert(
    fc.property(circuits({ smooth: false }), examples, (circuit, alone) => {
      const batched = optimise(byEverything(meanLoss.run(addBatch.run(circuit))));
      assert.deepEqual(brokenInvariants(batched), []);
      const found = gradientsOf(batched, batchOf(alone));
      const gradients = alone.map((environment) => gradientsOf(byEverything(circuit), environment));
      for (const { op } of circuit.nodes) {
        if (op.tag !== "parameter") continue;
        const size = op.shape.reduce((product, each) => product * each, 1);
        for (let place = 0; place < size; place++) {
          const index = componentIndex(op.shape, place);
          const mean = gradients.reduce((sum, gradient) => sum + gradient(op.path, index), 0) / alone.length;
          close([found(op.path, index)], [mean], 1e-9);
        }
      }
    }),
  );
});

test("the loss per observation is the sum of the losses over the number of observations", () => {
  fc.assert(
    fc.property(circuits({ smooth: false }), examples, (circuit, alone) => {
      const total = alone.reduce((sum, environment) => sum + lossOf(circuit, environment), 0);
      const count = alone.reduce((sum, { lengths }) => sum + (lengths.T as number), 0);
      fc.pre(count > 0);
      const perObservation = batchLoss("perObservation").run(addBatch.run(counting(circuit)));
      close([lossOf(perObservation, batchOf(alone))], [total / count], 1e-9);
    }),
  );
});

/** Each position of `t` is an observation. */
const counting = (circuit: Circuit): Circuit => {
  const { b, renamed } = rewrite(circuit, copyNode);
  return b.finish([
    ...circuit.outputs.map((output) => ({ ...output, node: renamed[output.node]! })),
    { role: "weight", name: "y", node: b.constant(1), axes: [t] },
  ]);
};

/** Examples as one environment. */
const batchOf = (alone: ReadonlyArray<Environment>): Environment => ({
  parameters: alone[0]!.parameters,
  batch: alone.length,
  inputs: Object.fromEntries(
    Object.keys(alone[0]!.inputs).map((name) => [
      name,
      ({ "@batch": example, ...index }: Index): number => {
        const input = alone[example!]!.inputs[name];
        return typeof input === "function" ? input(index) : Number.NaN;
      },
    ]),
  ),
  lengths: Object.fromEntries(
    Object.keys(alone[0]!.lengths).map((name) => [
      name,
      (outer: Index): number => {
        const length = alone[outer["@batch"]!]!.lengths[name]!;
        return typeof length === "function" ? length(outer) : length;
      },
    ]),
  ),
});
