import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { streamText } from "../../src/data/streams.ts";
import type { Params } from "../../src/runtime/interface.ts";
import { encodeRun, type Recipe, shapesOf } from "../../src/train/run.ts";
import { rateAt } from "../../src/train/schedule.ts";
import { runSession } from "../../src/train/session.ts";
import { defaultSettings, type Settings, usualOptimiser } from "../../src/train/settings.ts";
import { beginTraining, type Training, trainStep } from "../../src/train/step.ts";
import {
  chosenMeasure,
  chosenParams,
  isDue,
  isOutOfPatience,
  measuredAtEnd,
  nothingWatched,
  watched,
  watching,
} from "../../src/train/watch.ts";
import { type OptimiserName, optimiserRules } from "../../src/transform/training-step.ts";
import { characterModel } from "../cli/run-rnnc.ts";
import { compiledProgram } from "../property/programs.ts";
import { decodedRun } from "./files-of-run.ts";

const withPlateau = (factor: number, evaluations: number, patience?: number): Settings => ({
  ...defaultSettings,
  schedule: { rate: 1, decay: "plateau", warmup: 0, steps: 100, plateau: { factor, evaluations } },
  ...(patience === undefined ? {} : { patience }),
});

/** A training at each of its evaluations, whose parameters tell the step. */
const watchedThrough = (settings: Settings, losses: ReadonlyArray<number>) => {
  const begun = { step: 0, params: {} as Params, watch: nothingWatched };
  let last = begun;
  return losses.map((loss, i) => {
    last = watched(settings, { step: i, params: { p: new Float64Array([i]) }, watch: last.watch }, loss);
    return last;
  });
};

// Few values, so that equal ones come up, and losses that are no numbers.
const someLosses = fc.array(
  fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 6 }) }, fc.constant(Number.NaN)),
  {
    minLength: 1,
    maxLength: 20,
  },
);

test("the best weights are those of the first evaluation that no other is below, and never of one that is no number", () => {
  fc.assert(
    fc.property(someLosses, (losses) => {
      const { watch } = watchedThrough(withPlateau(0.5, 2), losses).at(-1)!;
      const least = Math.min(...losses.filter(Number.isFinite));
      if (!Number.isFinite(least)) assert.equal(watch.best, null);
      else {
        assert.deepEqual([watch.best!.heldOut, watch.best!.step], [least, losses.indexOf(least)]);
        assert.deepEqual([...watch.best!.params.p!], [losses.indexOf(least)]);
        assert.equal(watch.vain, losses.length - 1 - losses.indexOf(least));
      }
    }),
  );
});

test("on a plateau the rate falls by its factor after every so many evaluations in vain, and patience counts them all", () => {
  fc.assert(
    fc.property(someLosses, fc.integer({ min: 1, max: 4 }), (losses, evaluations) => {
      const settings = withPlateau(0.25, evaluations, 3);
      let [best, vain, here, falls] = [Number.POSITIVE_INFINITY, 0, 0, 0];
      watchedThrough(settings, losses).forEach((training, i) => {
        const isBetter = losses[i]! < best;
        best = isBetter ? losses[i]! : best;
        vain = isBetter ? 0 : vain + 1;
        here = isBetter ? 0 : here + 1;
        if (here === evaluations) [here, falls] = [0, falls + 1];
        assert.equal(rateAt(settings.schedule, 1 + i, training.watch.plateaus), 0.25 ** falls);
        assert.equal(isOutOfPatience(settings, training), vain >= 3);
      });
    }),
  );
});

test("what is measured at the end changes neither rate nor patience, and its weights are used where it is the lowest", () => {
  fc.assert(
    fc.property(someLosses, fc.integer({ min: 1, max: 6 }), (losses, end) => {
      const before = watchedThrough(withPlateau(0.5, 2), losses).at(-1)!;
      const last = { ...before, step: 1000, params: { p: new Float64Array([1000]) } };
      const { watch } = measuredAtEnd(last, () => end);
      assert.deepEqual({ ...watch, last: null }, { ...before.watch, last: null });
      const isBest = watch.best === null || end <= watch.best.heldOut;
      assert.deepEqual([...chosenParams({ ...last, watch }, "best").p!], isBest ? [1000] : [...watch.best!.params.p!]);
      assert.equal(chosenMeasure({ ...last, watch })!.heldOut, isBest ? end : watch.best!.heldOut);
      assert.deepEqual([...chosenParams({ ...last, watch }, "last").p!], [1000]);
    }),
  );
});

const text = Int32Array.from({ length: 400 }, (_, i) => (i * i + (i >> 2)) % 5);
const feed = E.getOrElseW(() => assert.fail("the text is long enough"))(
  streamText("y", { streams: 4, window: 10 })(text),
);

test("a training with accumulation, a plateau and patience, saved at any step and loaded, goes on to the same bits", async () => {
  for (const name of Object.keys(optimiserRules) as ReadonlyArray<OptimiserName>) {
    const model = compiledProgram(characterModel, { statics: { V: 5 }, optimiser: name, precision: "f32" });
    const settings: Settings = {
      ...defaultSettings,
      optimiser: usualOptimiser(name),
      schedule: { rate: 0.3, decay: "plateau", warmup: 1, steps: 30, plateau: { factor: 0.5, evaluations: 1 } },
      accumulate: 2,
      evaluateEvery: 2,
      patience: 4,
    };
    // It goes up and down, whatever the training does.
    const measure = (params: Params): number =>
      Math.sin(50 * model.loss(params, model.pack([{ y: text.subarray(0, 50) }])));
    const step = watching(settings, measure, trainStep(model, settings, feed));
    const isOver = (training: Training) => isOutOfPatience(settings, training);
    const upTo = async (until: number, from: Training): Promise<Training> => {
      const save = () => E.right(undefined);
      const hooks = { saveEvery: 100, save, progress: () => {}, interrupted: () => false, isOver };
      return (await runSession(step, from, until, hooks)).training!;
    };
    const begun = beginTraining(model, settings);
    const first = isDue(settings, begun) ? watched(settings, begun, measure(begun.params)) : assert.fail();
    const straight = await upTo(30, first);
    assert.ok(straight.watch.plateaus > 0, "a plateau was met");
    await fc.assert(
      fc.asyncProperty(fc.nat(14), async (stop) => {
        const half = measuredAtEnd(await upTo(stop, first), measure);
        const loaded = decodedRun(
          encodeRun({ recipe: recipeOf(settings), training: half, shapes: shapesOf(model.model) }),
        );
        assert.ok(E.isRight(loaded));
        assert.deepStrictEqual(loaded.right.training, half);
        assert.deepStrictEqual(await upTo(30, loaded.right.training), straight);
      }),
      { numRuns: 4 },
    );
  }
});

const recipeOf = (settings: Settings): Recipe => ({
  source: "",
  file: "m.rnn",
  model: null,
  statics: {},
  precision: "f32",
  target: null,
  settings,
  data: { files: [], kind: "text", streams: 4, window: 10, holdOut: 10 },
  vocabulary: null,
});
