import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkGradient } from "../../src/check/gradient.ts";
import { bigramModel } from "./bigram-model.ts";

test("an exact gradient passes at every seed", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const report = checkGradient(bigramModel(4), { seed });
      assert.ok(report.passed, JSON.stringify(report));
      assert.equal(report.compared, 16);
    }),
    { numRuns: 20 },
  );
});

test("a gradient that is wrong in one element fails there, with both values", () => {
  const exact = bigramModel(3);
  fc.assert(
    fc.property(fc.integer(), fc.nat(8), fc.double({ min: 1e-4, max: 1, noNaN: true }), (seed, at, by) => {
      const report = checkGradient(
        {
          ...exact,
          gradient: (params, batch, state) => {
            const result = exact.gradient(params, batch, state);
            result.gradient.W![at]! += by;
            return result;
          },
        },
        { seed },
      );
      assert.equal(report.passed, false);
      assert.deepStrictEqual(report.worst?.index, [Math.floor(at / 3), at % 3]);
      assert.ok(Math.abs(report.worst.gradient - report.worst.difference - by) < 1e-6);
    }),
    { numRuns: 20 },
  );
});
