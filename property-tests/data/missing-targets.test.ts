import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { shuffleExamples, valuesIn } from "../../src/data/examples.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { evaluate } from "../../src/train/evaluate.ts";
import { defaultSettings, type Settings, usualOptimiser } from "../../src/train/settings.ts";
import { beginTraining, diverged, type Training, trainStep } from "../../src/train/step.ts";
import { compiledProgram } from "../property/programs.ts";

const source = `model Label(k = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param w : R[k] ~ normal(0, 1)
  y ~ bernoulli(sigmoid(sum[t](w^T x[t])))
}`;
const scales = [undefined, "sum", "perObservation"] as const;
const models = scales.map((loss) => {
  const options = loss === undefined ? {} : { loss };
  return { loss, model: compiledProgram(source, { target: "js", precision: "f64", optimiser: "adam", ...options }) };
});

const exampleOf = (y: number | null, i: number): Example => ({
  x: [
    [Math.sin(i), 1],
    [Math.cos(i), -2],
  ],
  y,
});
const labels = fc.array(fc.constantFrom(0, 1, null), { minLength: 1, maxLength: 9 });

const stepped = (of: (typeof models)[number], examples: ReadonlyArray<Example>, size: number, accumulate = 1) => {
  const settings: Settings = {
    ...defaultSettings,
    optimiser: usualOptimiser("adam"),
    accumulate,
    ...(of.loss === undefined ? {} : { loss: of.loss }),
  };
  const feed = shuffleExamples(of.model.model, size)(examples);
  if (E.isLeft(feed)) assert.fail("there are examples");
  const step = trainStep(of.model, settings, feed.right);
  return (steps: number): Training =>
    Array.from({ length: steps }).reduce<Training>((training) => step(training), beginTraining(of.model, settings));
};

test("a missing target counts nothing: the loss per value is that of the examples whose targets are given", () => {
  fc.assert(
    fc.property(labels, fc.integer({ min: 1, max: 4 }), (given, size) => {
      for (const { loss, model } of models) {
        const examples = given.map(exampleOf);
        const params = model.init(3);
        const there = examples.filter(({ y }) => y !== null);
        const total = examples.reduce((sum, example) => sum + valuesIn(model.model, example), 0);
        assert.equal(total, there.length);
        const found = evaluate(model, params, examples, loss, size);
        assert.ok(Math.abs(found - evaluate(model, params, there, loss, 64)) < 1e-12);
      }
    }),
  );
});

test("a batch without any given target goes on with the training and leaves the average of the loss alone", () => {
  for (const of of models)
    for (const accumulate of [1, 3]) {
      const none = stepped(of, [exampleOf(null, 1), exampleOf(null, 2)], 1, accumulate)(3);
      assert.ok(!diverged(none));
      assert.equal(Math.abs(none.loss), 0);
      assert.deepEqual(none.params, of.model.init(defaultSettings.seed));
      const one = stepped(of, [exampleOf(1, 1), exampleOf(null, 2), exampleOf(null, 3)], 1, accumulate)(1);
      const again = stepped(of, [exampleOf(1, 1), exampleOf(null, 2), exampleOf(null, 3)], 3, 1)(1);
      if (accumulate === 3) assert.ok(Math.abs(one.average - again.average) < 1e-12 && again.average > 0);
    }
  const mixed = stepped(models[0]!, [exampleOf(1, 1), exampleOf(null, 2)], 1)(2);
  assert.ok(mixed.average > 0.01);
});

test("a model without targets counts each example once", () => {
  const { model } = compiledProgram(
    "model Plain {\n  input x : R\n  param a : R ~ normal(0, 1)\n  minimize (x - a)^2\n}",
  );
  fc.assert(fc.property(fc.double({ noNaN: true }), (x) => assert.equal(valuesIn(model, { x }), 1)));
});
