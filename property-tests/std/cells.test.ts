import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { checkGradient, relativeError } from "../../src/check/gradient.ts";
import { randomExample } from "../../src/check/random-example.ts";
import { standardLibrary } from "../../src/std/library.ts";
import { meaningOf } from "../meaning/reference.ts";
import { isThorough } from "../often.ts";
import { applications, modelOf, sizesOf } from "./cells.ts";
import { compiled, learnedOf, paramsOf, runs } from "./compiled.ts";

const sizes = fc.record({
  seed: fc.integer({ min: 1, max: 100_000 }),
  n: fc.integer({ min: 1, max: 4 }),
  k: fc.integer({ min: 1, max: 3 }),
});

const known = standardLibrary().definitions.map(({ name }) => name.text);

test("every standard cell is tested", () => {
  assert.deepEqual(Object.keys(applications).sort(), [...known].sort());
});

for (const [i, cell] of known.entries()) {
  test(`the gradient of ${cell} agrees with central differences at every size, length and batch`, () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 3 }), ({ seed, n, k }, examples) => {
        const model = compiled(modelOf(cell), { statics: sizesOf(cell, { n, k }) });
        assert.deepEqual(model.warnings, []);
        const lengths = { least: 1, greatest: 4 };
        const { passed, worst } = checkGradient(model, { seed, examples, lengths, elements: 5 });
        assert.ok(passed, JSON.stringify(worst));
      }),
      runs(1),
    );
  });

  // Half of them where a run is not thorough: plain equations written apart are compared with each as well.
  if (!isThorough && i % 2 === 1) continue;
  test(`compiled, ${cell} gives what its equations mean`, () => {
    fc.assert(
      fc.property(sizes, ({ seed, n, k }) => {
        const model = compiled(modelOf(cell), { statics: sizesOf(cell, { n, k }) });
        const params = paramsOf(model.model, seed);
        const generator = xoroshiro128plus(seed);
        const examples = [1, 2].map(() => randomExample(model.model, generator, { least: 1, greatest: 3 }));
        const meanings = examples.map((example) => meaningOf(model.elaborated, params, example));
        const { loss, gradient } = model.gradient(params, model.pack(examples));
        const mean = meanings.reduce((sum, meaning) => sum + meaning.loss, 0) / 2;
        assert.ok(relativeError(loss, mean) <= 1e-10, `the loss is ${loss}, not ${mean}`);
        for (const path of learnedOf(model.model))
          gradient[path]!.forEach((value, i) => {
            const expected = meanings.reduce((sum, meaning) => sum + meaning.gradient[path]![i]!, 0) / 2;
            assert.ok(relativeError(value, expected) <= 1e-10, `${path}[${i}] is ${value}, not ${expected}`);
          });
      }),
      runs(1),
    );
  });
}
