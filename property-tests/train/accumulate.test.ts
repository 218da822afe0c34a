import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import { shuffleExamples } from "../../src/data/examples.ts";
import { targetNames } from "../../src/emit/targets.ts";
import type { CompiledModel, Params } from "../../src/runtime/interface.ts";
import { noiseSeed } from "../../src/train/accumulate.ts";
import { defaultSettings, type Settings, usualOptimiser } from "../../src/train/settings.ts";
import { beginTraining, type Training, trainStep } from "../../src/train/step.ts";
import { type OptimiserName, optimiserRules } from "../../src/transform/training-step.ts";
import { someOf } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";
import { source } from "./tagging-model.ts";

const names = Object.keys(optimiserRules) as ReadonlyArray<OptimiserName>;
const scales = [undefined, "mean", "sum", "perObservation"] as const;

const examplesOf = (model: CompiledModel, count: number) => {
  const generator = xoroshiro128plus(7);
  return Array.from({ length: count }, () => randomExample(model.model, generator, { least: 1, greatest: 5 }));
};

const trained = (model: CompiledModel, settings: Settings, size: number, steps: number): Training => {
  const feed = shuffleExamples(model.model, size)(examplesOf(model, 24));
  if (E.isLeft(feed)) assert.fail("there are examples");
  const step = trainStep(model, settings, feed.right);
  return Array.from({ length: steps }).reduce<Training>((training) => step(training), beginTraining(model, settings));
};

const near = (found: Params, expected: Params, tolerance: number): void => {
  for (const [path, values] of Object.entries(expected))
    values.forEach((value, i) => {
      const error = Math.abs(found[path]![i]! - value);
      assert.ok(error <= tolerance * Math.max(1, Math.abs(value)), `${path}[${i}]: ${found[path]![i]}, not ${value}`);
    });
};

for (const [turn, target] of targetNames.entries())
  for (const [precision, tolerance] of [
    ["f64", 1e-11],
    ["f32", 1e-3],
  ] as const)
    test(`batches that a step adds up are one batch of all their examples, of whatever loss (${precision}, ${target})`, () => {
      for (const [i, name] of someOf([...names.entries()], 2 * turn + Number(precision === "f32"))) {
        // Both limits bite, and every loss has its turn with two optimisers or more.
        const loss = scales[i % scales.length]!;
        const model = compiledProgram(source, {
          target,
          precision,
          optimiser: name,
          ...(loss === undefined ? {} : { loss }),
        });
        const settings: Settings = {
          ...defaultSettings,
          optimiser: usualOptimiser(name),
          schedule: { ...defaultSettings.schedule, rate: 0.02 },
          clip: 0.4,
          clipValue: 0.1,
          ...(loss === undefined ? {} : { loss }),
        };
        const together = trained(model, settings, 12, 5);
        const parts = trained(model, { ...settings, accumulate: 3 }, 4, 5);
        assert.ok(Math.abs(parts.loss - together.loss) <= tolerance * Math.max(1, Math.abs(together.loss)));
        assert.ok(Math.abs(parts.norm - together.norm) <= tolerance * Math.max(1, Math.abs(together.norm)));
        near(parts.params, together.params, tolerance);
        near(parts.memories, together.memories, tolerance);
        assert.equal(parts.step, together.step);
        assert.equal(parts.cursor.epoch, together.cursor.epoch);
      }
    });

test("a step along a given gradient is a step with the batch that has it, also between such steps and other calls", () => {
  for (const [turn, target] of targetNames.entries())
    for (const name of someOf(names, turn, 2)) {
      const model = compiledProgram(source, { target, precision: "f64", optimiser: name });
      const [given, own] = [model.trainer(model.init(3)), model.trainer(model.init(3))];
      const batches = [3, 1, 4, 2].map((size) => model.pack(examplesOf(model, size)));
      batches.forEach((batch, i) => {
        const options = { rate: 0.1, scale: 0.7, clip: 0.5 };
        const { norm } = own.step(batch, options);
        const norms = own.norms();
        // Every other step of one training is taken as the other one takes all of its own.
        if (i % 2 === 1) given.step(batch, options);
        else {
          const found = given.descend(model.gradient(given.params(), batch).gradient, options);
          assert.ok(Math.abs(found.norm - norm) <= 1e-12 * Math.max(1, norm));
          assert.deepEqual(Object.keys(given.norms()), Object.keys(norms));
          for (const [path, each] of Object.entries(given.norms()))
            assert.ok(Math.abs(each - norms[path]!) <= 1e-12 * Math.max(1, each));
        }
      });
      near(given.params(), own.params(), 1e-12);
      near(given.state().memories, own.state().memories, 1e-12);
      assert.equal(given.state().step, own.state().step);
    }
});

test("a gradient that does not fit is refused by its path and changes nothing; without the export there is no such step", () => {
  const model = compiledProgram(source, { target: "js", precision: "f64", optimiser: "adam" });
  const training = model.trainer(model.init(3));
  const before = [training.params(), training.state()];
  const { gradient } = model.gradient(model.init(3), model.pack(examplesOf(model, 2)));
  const wrong = { ...gradient, O: new Float64Array(2) };
  assert.throws(() => training.descend(wrong, { rate: 0.1 }), /gradient\["O"\]/);
  assert.throws(() => training.descend(null as never, { rate: 0.1 }), /gradient/);
  assert.throws(() => training.descend(gradient, { rate: 0.1, state: {} } as never), /options\.state/);
  assert.deepStrictEqual([training.params(), training.state()], before);
  const without = compiledProgram(source, { optimiser: "adam", exports: ["init", "trainer"] });
  assert.throws(() => without.trainer(without.init(1)).descend(gradient, { rate: 0.1 }), /export gradient/);
});

test("every batch of every step draws noise of its own, and the same when the step is done again", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const seeds = Array.from({ length: 60 }, (_, step) =>
        Array.from({ length: 8 }, (_, part) => noiseSeed(seed, step, part)),
      ).flat();
      assert.equal(new Set(seeds).size, seeds.length);
      assert.equal(noiseSeed(seed, 7, 3), seeds[7 * 8 + 3]);
    }),
  );
});
