import assert from "node:assert/strict";
import { test } from "node:test";
import { checkGradient } from "../../src/check/gradient.ts";
import { someOf } from "../often.ts";
import { compiledExample, exampleNames } from "./examples.ts";

test("there are examples", () => {
  assert.ok(exampleNames.length > 0);
});

for (const name of someOf(exampleNames))
  test(`the gradient of ${name} agrees with central differences`, () => {
    const model = compiledExample(name);
    if (!model.model.hasLoss) return;
    for (const seed of [1, 2]) {
      const { passed, worst } = checkGradient(model, { seed, elements: 6 });
      assert.ok(passed, JSON.stringify(worst));
    }
  });
