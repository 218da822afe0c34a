import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkGradient } from "../../src/check/gradient.ts";
import { compiledProgram } from "../property/programs.ts";
import { ofPath, withGradient } from "./wrong.ts";

const energy = compiledProgram(
  `model Energy {
  axis s in 1..S
  axis w in 1..W[s]
  input x[s,w] : R[2]
  input z : R[3]
  h[s,0] = 0
  h[s,w] = tanh(h[s,w-1] + x[s,w])
  minimize sum[s](sum[w](sumsq(h[s,w]))) + sumsq(z)
}`,
  { wrt: ["x", "z"] },
);

test("the gradient by inputs agrees with differences at every position that is no padding", () => {
  fc.assert(
    fc.property(fc.nat(1000), (seed) => {
      const report = checkGradient(energy, { seed, elements: 20 });
      assert.ok(report.passed, JSON.stringify(report.worst));
      assert.ok(report.compared > 9);
    }),
    { numRuns: 5 },
  );
});

test("a wrong gradient by an input is found, with its example, positions and component", () => {
  const wrong = withGradient(
    energy,
    ofPath("z", (value, flat) => (flat === 5 ? value + 0.1 : value)),
  );
  const { passed, worst } = checkGradient(wrong);
  assert.equal(passed, false);
  assert.deepEqual([worst?.path, worst?.index, worst?.example], ["z", [2], 1]);
});
