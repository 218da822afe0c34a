import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mustAgree } from "../../src/property/law.ts";
import { compiledProgram } from "../property/programs.ts";

const temperatures = fc.double({ min: 0.05, max: 8, noNaN: true });
const seeds = fc.nat(10_000);

test("a temperature raises a normal density to the power 1/temperature: draws lie its root as far from the mean", () => {
  const model = compiledProgram(
    "model M {\n  axis t in 1..T\n  param m = 1.5\n  param s = 0.7\n  y[t] : R ~ normal(m, s)\n}",
  );
  const drawn = (seed: number, temperature: number): ReadonlyArray<number> =>
    model.generate(model.init(1), { seed, length: 6, temperature }).values.y![0] as ReadonlyArray<number>;
  fc.assert(
    fc.property(seeds, temperatures, (seed, temperature) => {
      const usual = drawn(seed, 1).map((value) => 1.5 + Math.sqrt(temperature) * (value - 1.5));
      mustAgree("draws", drawn(seed, temperature), usual, 1e-12);
    }),
    { numRuns: 30 },
  );
});

test("normal draws have the mean and the deviation of their distribution", () => {
  const model = compiledProgram(
    "model M {\n  axis t in 1..T\n  param m = 1.5\n  param s = 0.7\n  y[t] : R ~ normal(m, s)\n}",
  );
  const draws = model.generate(model.init(1), { seed: 3, length: 4000 }).values.y![0] as ReadonlyArray<number>;
  const mean = draws.reduce((a, b) => a + b, 0) / draws.length;
  const deviation = Math.sqrt(draws.reduce((a, b) => a + (b - mean) ** 2, 0) / draws.length);
  assert.ok(Math.abs(mean - 1.5) < 0.05 && Math.abs(deviation - 0.7) < 0.05, `${mean}, ${deviation}`);
});

test("a temperature raises the odds of a truth to the power 1/temperature", () => {
  const model = compiledProgram("model M {\n  axis t in 1..T\n  param p : R = 0.3\n  y[t] ~ bernoulli(p)\n}");
  for (const temperature of [0.25, 0.5, 1, 2, 6]) {
    const draws = model.generate(model.init(1), { seed: 5, length: 4000, temperature }).values.y![0]!;
    const share = (draws as ReadonlyArray<number>).reduce((a, b) => a + b, 0) / draws.length;
    const [yes, no] = [0.3 ** (1 / temperature), 0.7 ** (1 / temperature)];
    assert.ok(Math.abs(share - yes / (yes + no)) < 0.025, `${share} at temperature ${temperature}`);
  }
});
