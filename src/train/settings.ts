import * as t from "io-ts";
import type { LossScale } from "../transform/batch-loss.ts";
import { type OptimiserName, optimiserRules } from "../transform/training-step.ts";
import { Schedule } from "./schedule.ts";

/** A rule of descent with its constants. All take the learning rate from the schedule. */
const Optimiser = t.readonly(
  t.type({ name: t.keyof(optimiserRules), constants: t.readonly(t.record(t.string, t.number)) }),
);
export type Optimiser = t.TypeOf<typeof Optimiser>;

const WeightDecayOf = t.keyof({ all: null, matrices: null });
export type WeightDecayOf = t.TypeOf<typeof WeightDecayOf>;

/** How to train: everything that the steps depend on beside the model and the data. */
export const Settings = t.readonly(
  t.intersection([
    t.type({
      optimiser: Optimiser,
      schedule: Schedule,
      /** The greatest norm of a gradient, per predicted value. */
      clip: t.number,
      /** The greatest size of an element of a gradient after that, per predicted value, if it is bounded. */
      clipValue: t.union([t.number, t.null]),
      seed: t.number,
    }),
    t.partial({
      /** What is minimized of a batch; by default the loss per predicted value. */
      loss: t.keyof({ mean: null, sum: null, perObservation: null } satisfies { readonly [S in LossScale]: null }),
      weightDecayOf: WeightDecayOf,
      /** How many batches a step adds up; by default one. */
      accumulate: t.number,
      /** After how many steps what is held out is measured; by default never. */
      evaluateEvery: t.number,
      /** After how many evaluations in vain a training ends; by default it goes on. */
      patience: t.number,
      /** On how many examples alone it trains and is measured; by default on all, and on what is held out. */
      overfit: t.number,
    }),
  ]),
);
export type Settings = t.TypeOf<typeof Settings>;

/** An optimiser with the constants of its paper. */
export const usualOptimiser = (name: OptimiserName): Optimiser => ({
  name,
  constants: optimiserRules[name].constants,
});

export const defaultSettings: Settings = {
  optimiser: usualOptimiser("adam"),
  schedule: { rate: 0.003, decay: "linear", warmup: 20, steps: 1000 },
  clip: 1,
  clipValue: null,
  seed: 1,
};
