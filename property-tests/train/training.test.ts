import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { streamText } from "../../src/data/streams.ts";
import { targetNames } from "../../src/emit/targets.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { CompiledModel } from "../../src/runtime/interface.ts";
import { encodeManifest } from "../../src/train/manifest.ts";
import { encodeRun, type Recipe, shapesOf } from "../../src/train/run.ts";
import { manifestName } from "../../src/train/run-files.ts";
import { defaultSettings, type Settings, usualOptimiser } from "../../src/train/settings.ts";
import { beginTraining, diverged, type Training, trainStep } from "../../src/train/step.ts";
import { type OptimiserName, optimiserRules } from "../../src/transform/training-step.ts";
import { characterModel } from "../cli/run-rnnc.ts";
import { compiledProgram } from "../property/programs.ts";
import { bigramModel } from "./bigram-model.ts";
import { decodedRun } from "./files-of-run.ts";

const text = Int32Array.from({ length: 400 }, (_, i) => (i * i + (i >> 2)) % 5);
const feed = E.getOrElseW(() => assert.fail("the text is long enough"))(
  streamText("y", { streams: 4, window: 10 })(text),
);
const settings: Settings = {
  ...defaultSettings,
  schedule: { rate: 0.1, decay: "linear", warmup: 2, steps: 40 },
};

/** The same steps whether the model is compiled or written by hand. */
const advanceOf = (model: CompiledModel, training: Training, steps: number, using: Settings): Training => {
  const step = trainStep(model, using, feed);
  return Array.from({ length: steps }).reduce<Training>((state) => step(state), training);
};

const advance = (training: Training, steps: number, using: Settings): Training =>
  advanceOf(bigramModel(5, "f64", using.optimiser.name), training, steps, using);

const recipe = (using: Settings, precision: "f32" | "f64"): Recipe => ({
  source: "",
  file: "m.rnn",
  model: null,
  statics: {},
  precision,
  target: null,
  settings: using,
  data: { files: [], kind: "text", streams: 4, window: 10, holdOut: 10 },
  vocabulary: null,
});

const names = Object.keys(optimiserRules) as ReadonlyArray<OptimiserName>;
const precisions = ["f32", "f64"] as const;

/** By norm alone, so that it often bites or never does, and by value too. */
const clippings: ReadonlyArray<Partial<Settings>> = [{ clip: 1e9 }, { clip: 0.05 }, { clip: 0.05, clipValue: 0.01 }];

for (const name of names) {
  for (const target of targetNames)
    for (const precision of precisions)
      test(`with ${name}, a training saved at any step and loaded goes on to the same bits (${precision}, ${target})`, () => {
        const model = compiledProgram(characterModel, { statics: { V: 5 }, optimiser: name, target, precision });
        fc.assert(
          fc.property(fc.nat(12), fc.nat(12), fc.constantFrom(...clippings), (before, after, limits) => {
            const using = { ...settings, ...limits, optimiser: usualOptimiser(name) };
            const begun = advanceOf(model, beginTraining(model, using), before, using);
            const loaded = decodedRun(
              encodeRun({ recipe: recipe(using, precision), training: begun, shapes: shapesOf(model.model) }),
            );
            assert.ok(E.isRight(loaded));
            assert.deepStrictEqual(
              advanceOf(model, loaded.right.training, after, using),
              advanceOf(model, beginTraining(model, using), before + after, using),
            );
          }),
          { numRuns: 8 },
        );
      });

  test(`${name} lowers the loss of a convex model`, () => {
    const using = { ...settings, optimiser: usualOptimiser(name) };
    const done = advance(beginTraining(bigramModel(5, "f64", name), using), 40, using);
    assert.ok(done.loss < Math.log(5) - 0.03, `${done.loss}`);
  });

  test(`a training by ${name} with the compiled step is one by the plain formulae`, () => {
    const source =
      "model Bigram {\n  axis t in 1..T\n  param W : R[5,5] = 0\n  y[0] = 0\n  y[t] : symbol[5] ~ categorical(softmax(W^T onehot(y[t-1])))\n}";
    const model = compiledProgram(source, { optimiser: name, precision: "f64", target: "js" });
    for (const limits of clippings) {
      const using = { ...settings, ...limits, optimiser: usualOptimiser(name) };
      const found = advanceOf(model, beginTraining(model, using), 20, using);
      const plain = advance(beginTraining(bigramModel(5, "f64", name), using), 20, using);
      assert.ok(Math.abs(found.loss - plain.loss) < 1e-10);
      mustAgree("W", found.params.W!, Array.from(plain.params.W!), 1e-10);
    }
  });
}

test("a step changes nothing that it was given", () => {
  const begun = beginTraining(bigramModel(5), settings);
  const saved = () => encodeRun({ recipe: recipe(settings, "f64"), training: begun, shapes: { W: [5, 5] } });
  const before = saved();
  advance(begun, 3, settings);
  assert.deepStrictEqual(saved(), before);
});

test("a run that another version saved is refused, and its format is named", () => {
  assert.deepStrictEqual(
    decodedRun(new Map([[manifestName, encodeManifest({ format: 4 })]])),
    E.left({
      file: "run.json",
      reason:
        "another version of rnnc saved it, in format 4 of runs, and this one reads format 3 alone; use that version, or train anew",
    }),
  );
});

test("a training with a loss or a parameter that is no finite number has diverged, and a healthy one has not", () => {
  const healthy = advance(beginTraining(bigramModel(5), settings), 1, settings);
  assert.equal(diverged(healthy), false);
  assert.equal(diverged({ ...healthy, loss: Number.NaN }), true);
  assert.equal(diverged({ ...healthy, params: { W: new Float64Array([1, Number.POSITIVE_INFINITY]) } }), true);
});
