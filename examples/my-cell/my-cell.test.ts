import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { type Compiled, checkGradient, compile, report } from "rnnc";
import { lawsOf } from "rnnc/property";

// How to test a model of one's own: copy this folder, and replace the model.
const source = readFileSync(new URL("my-cell.rnn", import.meta.url), "utf8");

const compiledWith = (statics: Readonly<Record<string, number>>): Compiled => {
  const compiled = compile(source, { file: "my-cell.rnn", precision: "f64", statics });
  if (E.isRight(compiled)) return compiled.right;
  return assert.fail(compiled.left.map(report(source, false)).join("\n"));
};

test("the gradient of my model is exact at every size and seed", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), (seed, k, n) => {
      const { passed, worst } = checkGradient(compiledWith({ k, n }), { seed, elements: 8 });
      assert.ok(passed, JSON.stringify(worst));
    }),
    { numRuns: 15 },
  );
});

for (const { name, check } of lawsOf(compiledWith({}))) test(`of my model: ${name}`, () => check({ numRuns: 20 }));

test("the state of my cell stays between -1 and 1, whatever it is fed", () => {
  const model = compiledWith({ k: 1, n: 4 });
  const inputs = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(inputs, fc.nat(), (x, seed) => {
      const params = { ...model.init(seed), v: Float64Array.of(1, 0, 0, 0) };
      const { o } = model.forward(params, model.pack([{ x: x.map((value) => [value]), d: x.map(() => 0) }]));
      assert.ok(o!.data.every((value) => Math.abs(value) <= 1));
    }),
    { numRuns: 50 },
  );
});
