import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Circuit } from "../../src/circuit/circuit.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import { brokenInvariants } from "../../src/circuit/validate.ts";
import { dropDeadNodes } from "../../src/transform/dead-nodes.ts";
import { splitProducts } from "../../src/transform/split-products.ts";
import { valueAt } from "../../src/views/polynomial.ts";
import { scheduleOf } from "../../src/views/schedule/schedule.ts";
import { close, valuesOf } from "../circuit/compare.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { runs } from "../programs/laws.ts";
import { compiledProgram } from "../property/programs.ts";
import { withCell } from "../schedule/cells.ts";
import { dataFor, settings } from "../schedule/data.ts";

const split = (circuit: Circuit): Circuit => dropDeadNodes.run(splitProducts(() => true).run(circuit));

/** A recurrence that reads its last state among other things, end to end; `y` depends on what it makes. */
const reading = (parts: string, n: number, k: number): string => `model M(n = ${n}, k = ${k}) {
  axis t in 1..T
  input x[t] : R[k]
  input z[t] : R
  param W, V
  param A : R[2,n]
  param u : R[n]
  h[0] = 0
  g[T+1] = 0
  e[t] : R[k] = tanh(V x[t])
  h[t] : R[n] = tanh(W ${parts})
  g[t] : R[2] = g[t+1] + sigmoid(A h[t])
  minimize sum[t](u^T h[t] + z[t] * sum(g[t]))
}`;

const orders = [
  "[h[t-1]; x[t]]",
  "[e[t]; h[t-1]]",
  "[x[t]; h[t-1]; e[t]]",
  "[h[t-1]; x[t]; e[t]; z[t]]",
  "[z[t]; h[t-1]; h[t-1] * z[t]; x[t]]",
  "[e[t] * z[t]; tanh(h[t-1])]",
];

for (const parts of orders)
  test(`a product with a concatenation is the sum of the products with its parts, and so are its adjoints: ${parts}`, () => {
    fc.assert(
      fc.property(settings, fc.integer({ min: 1, max: 4 }), ({ n, batch, greatest, seed }, k) => {
        const before = compiledProgram(reading(parts, n, k), { without: ["split-products"] }).circuits.gradient!;
        const after = split(before);
        assert.deepEqual(brokenInvariants(after), []);
        assert.notEqual(after.nodes.length, before.nodes.length);
        const { reference } = dataFor(before, batch, greatest, seed);
        const [expected, found] = [before, after].map((circuit) => evaluate(circuit, reference));
        expected!.forEach(({ data }, i) => {
          close([...found![i]!.data], [...data], 1e-10);
        });
      }),
      runs(10),
    );
  });

test("splitting the products of an example changes neither values nor gradients", () => {
  for (const name of exampleNames) {
    const model = compiledExample(name, { without: ["split-products"] });
    const before = model.circuits.gradient ?? model.circuits.forward;
    const after = split(before);
    assert.deepEqual(brokenInvariants(after), [], name);
    const symbols = new Map([...model.model.inputs, ...model.model.targets].map((each) => [each.name, each.symbols]));
    const { reference } = dataFor(before, 2, 3, 7, (input) => symbols.get(input));
    const [expected, found] = [before, after].map((circuit) =>
      valuesOf(circuit, reference, evaluate(circuit, reference)),
    );
    expected!.forEach((values, i) => {
      close(found![i]!, values, 1e-10);
    });
  }
});

test("what a cell reads beside its state is multiplied outside of its loop, as where the weights stand apart", () => {
  const inScan = (cell: string): number => {
    const view = scheduleOf(compiledProgram(withCell(cell, 32)), "gradient")!;
    const scans = view.parts.filter(({ tag }) => tag === "scan");
    return scans.reduce((total, { work }) => total + valueAt(work.flops, [2, 3]), 0);
  };
  assert.ok(inScan("LSTMConcat") < 1.01 * inScan("LSTM"), `${inScan("LSTMConcat")} and ${inScan("LSTM")}`);
});
