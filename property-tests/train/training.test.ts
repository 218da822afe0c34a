import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { streamText } from "../../src/data/streams.ts";
import { optimisers } from "../../src/train/optimiser.ts";
import { decodeRun, encodeRun, type Recipe } from "../../src/train/run.ts";
import { defaultSettings, type Settings } from "../../src/train/settings.ts";
import { beginTraining, diverged, type Training, trainStep } from "../../src/train/step.ts";
import { bigramModel } from "./bigram-model.ts";

const text = Int32Array.from({ length: 400 }, (_, i) => (i * i + (i >> 2)) % 5);
const feed = E.getOrElseW(() => assert.fail("the text is long enough"))(
  streamText("y", { streams: 4, window: 10 })(text),
);
const settings: Settings = {
  ...defaultSettings,
  schedule: { rate: 0.1, decay: "linear", warmup: 2, steps: 40 },
};

const advance = (training: Training, steps: number, using: Settings, precision: "f32" | "f64"): Training => {
  const step = trainStep(bigramModel(5, precision), using, feed);
  return Array.from({ length: steps }).reduce<Training>((state) => step(state), training);
};

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

for (const optimiser of Object.values(optimisers)) {
  test(`with ${optimiser.tag}, a training saved at any step and loaded goes on to the same bits`, () => {
    fc.assert(
      fc.property(
        fc.nat(25),
        fc.nat(25),
        fc.constantFrom("f32" as const, "f64" as const),
        (before, after, precision) => {
          const using = { ...settings, optimiser };
          const begun = advance(beginTraining(bigramModel(5, precision), using), before, using, precision);
          const loaded = decodeRun(encodeRun({ recipe: recipe(using, precision), training: begun }));
          assert.ok(E.isRight(loaded));
          const straight = advance(begun, after, using, precision);
          const resumed = advance(loaded.right.training, after, using, precision);
          assert.deepStrictEqual(resumed, straight);
        },
      ),
      { numRuns: 15 },
    );
  });

  test(`${optimiser.tag} lowers the loss of a convex model`, () => {
    const using = { ...settings, optimiser };
    const done = advance(beginTraining(bigramModel(5), using), 40, using, "f64");
    assert.ok(done.loss < Math.log(5) - 0.03, `${done.loss}`);
  });
}

test("a step changes nothing that it was given", () => {
  const begun = beginTraining(bigramModel(5), settings);
  const before = encodeRun({ recipe: recipe(settings, "f64"), training: begun });
  advance(begun, 3, settings, "f64");
  assert.deepStrictEqual(encodeRun({ recipe: recipe(settings, "f64"), training: begun }), before);
});

test("a saved run with any byte changed or cut off is refused", () => {
  const bytes = encodeRun({ recipe: recipe(settings, "f64"), training: beginTraining(bigramModel(5), settings) });
  const body = 12 + Buffer.from(bytes).readUInt32LE(8);
  fc.assert(
    fc.property(fc.integer({ min: body, max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
      const changed = bytes.slice();
      changed[at]! ^= by;
      assert.ok(E.isLeft(decodeRun(changed)));
      assert.ok(E.isLeft(decodeRun(bytes.slice(0, at))));
    }),
  );
});

test("a training with a loss or a parameter that is no finite number has diverged, and a healthy one has not", () => {
  const healthy = advance(beginTraining(bigramModel(5), settings), 1, settings, "f64");
  assert.equal(diverged(healthy), false);
  assert.equal(diverged({ ...healthy, loss: Number.NaN }), true);
  assert.equal(diverged({ ...healthy, params: { W: new Float64Array([1, Number.POSITIVE_INFINITY]) } }), true);
});
