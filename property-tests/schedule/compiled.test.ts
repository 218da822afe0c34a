import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { Circuit } from "../../src/circuit/circuit.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import { addBatch } from "../../src/transform/batch.ts";
import { meanLoss } from "../../src/transform/batch-loss.ts";
import { differentiate, leavesOf } from "../../src/transform/differentiate.ts";
import { dataFor, settings } from "./data.ts";
import { runProgram } from "./run-program.ts";
import { systems } from "./systems.ts";

/** The circuit of a batch with the gradient of its loss by every parameter and every input that is no symbol. */
export const withGradient = (circuit: Circuit): Circuit => {
  const batched = meanLoss.run(addBatch.run(circuit));
  const wrt = leavesOf(batched).filter((leaf) => leaf.tag === "parameter" || !leaf.name.startsWith("symbol:"));
  return differentiate({ wrt })(batched);
};

for (const { name, build } of systems) {
  test(`the program equals the evaluator, forwards and gradient: ${name}`, () => {
    fc.assert(
      fc.property(settings, ({ n, k, batch, greatest, seed }) => {
        const circuit = withGradient(build({ n, k }));
        const { program, reference } = dataFor(circuit, batch, greatest, seed);
        const expected = evaluate(circuit, reference);
        runProgram(circuit, program).forEach((found, i) => {
          const output = circuit.outputs[i]!;
          expected[i]!.data.forEach((value, at) => {
            const error = Math.abs(value - found[at]!) / Math.max(1, Math.abs(value));
            assert.ok(
              error <= 1e-10 || Object.is(value, found[at]),
              `${output.role} ${output.name}[${at}]: ${found[at]}, not ${value}`,
            );
          });
          assert.equal(found.length, expected[i]!.data.length);
        });
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 25), includeErrorInReport: true },
    );
  });
}
