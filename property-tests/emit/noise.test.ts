import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mustAgree } from "../../src/property/law.ts";
import { compiledProgram } from "../property/programs.ts";

const drawn = (distribution: string, seed: number, length: number): ReadonlyArray<number> => {
  const model = compiledProgram(
    `model M {\n  axis t in 1..T\n  input x[t]\n  noise m[t] : ${distribution}\n  output o[t] = m[t] + 0 * x[t]\n}`,
  );
  const batch = model.pack([{ x: Array.from({ length }, () => 0) }], seed);
  return [...model.forward({}, batch).o!.data];
};

test("normal noise is that of deviation 1 times its deviation", () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.integer({ min: 1, max: 400 }), (seed, hundredths) => {
      const usual = drawn("normal", seed, 5).map((value) => (value * hundredths) / 100);
      mustAgree("the noise", drawn(`normal(0, ${hundredths / 100})`, seed, 5), usual, 1e-12);
    }),
    { numRuns: 10 },
  );
});

test("noise has the mean and the deviation of its distribution", () => {
  const cases = [
    ["normal", 0, 1],
    ["normal(0, 0.2)", 0, 0.2],
    ["bernoulli(0.8)", 0.8, 0.4],
  ] as const;
  for (const [distribution, mean, deviation] of cases) {
    const draws = drawn(distribution, 7, 5000);
    const found = draws.reduce((a, b) => a + b, 0) / draws.length;
    const spread = Math.sqrt(draws.reduce((a, b) => a + (b - found) ** 2, 0) / draws.length);
    assert.ok(Math.abs(found - mean) < 0.07 * deviation, `${distribution}: mean ${found}`);
    assert.ok(Math.abs(spread - deviation) < 0.07 * deviation, `${distribution}: deviation ${spread}`);
  }
});
