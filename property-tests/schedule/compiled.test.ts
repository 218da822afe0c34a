import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Circuit } from "../../src/circuit/circuit.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import { addBatch } from "../../src/transform/batch.ts";
import { meanLoss } from "../../src/transform/batch-loss.ts";
import { differentiate, leavesOf } from "../../src/transform/differentiate.ts";
import { optimise } from "../../src/transform/simplify.ts";
import { circuits } from "../circuit/arbitrary.ts";
import { often } from "../often.ts";
import { dataFor, fiveSymbols, type SymbolsOf, settings } from "./data.ts";
import { runProgram } from "./run-program.ts";
import { systems } from "./systems.ts";

/** The circuit of a batch with the gradient of its loss by every parameter and every input that is no symbol. */
const withGradient = (circuit: Circuit, symbolsOf: SymbolsOf): Circuit => {
  const batched = meanLoss.run(addBatch.run(circuit));
  const wrt = leavesOf(batched).filter((leaf) => leaf.tag === "parameter" || symbolsOf(leaf.name) === undefined);
  return differentiate({ wrt })(batched);
};

const agrees = (circuit: Circuit, { program, reference }: ReturnType<typeof dataFor>): void => {
  const expected = evaluate(circuit, reference);
  runProgram(circuit, program).forEach((found, i) => {
    const { role, name } = circuit.outputs[i]!;
    assert.equal(found.length, expected[i]!.data.length);
    expected[i]!.data.forEach((value, at) => {
      const error = Math.abs(value - found[at]!) / Math.max(1, Math.abs(value));
      assert.ok(error <= 1e-10 || Object.is(value, found[at]), `${role} ${name}[${at}]: ${found[at]}, not ${value}`);
    });
  });
};

const runs = (usual: number) => ({ numRuns: often(usual), includeErrorInReport: true });

for (const { name, build } of systems) {
  test(`the program equals the evaluator, forwards and gradient: ${name}`, () => {
    fc.assert(
      fc.property(settings, fc.boolean(), ({ n, k, batch, greatest, seed }, simplified) => {
        const circuit = withGradient(build({ n, k }), fiveSymbols);
        const used = simplified ? optimise(circuit) : circuit;
        agrees(used, dataFor(circuit, batch, greatest, seed));
      }),
      runs(25),
    );
  });
}

test("the program of an arbitrary circuit equals the evaluator, forwards and gradient", () => {
  const symbolsOf: SymbolsOf = (input) => (input === "c" ? 2 : undefined);
  fc.assert(
    fc.property(circuits({ smooth: true }), settings, (circuit, { batch, greatest, seed }) => {
      const used = withGradient(circuit, symbolsOf);
      agrees(used, dataFor(used, Math.min(batch, 2), Math.min(greatest, 3), seed, symbolsOf));
    }),
    runs(100),
  );
});
