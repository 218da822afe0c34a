import * as t from "io-ts";
import { Optimiser, optimisers } from "./optimiser.ts";
import { Schedule } from "./schedule.ts";

/** How to train: everything that the steps depend on beside the model and the data. */
export const Settings = t.readonly(
  t.type({
    optimiser: Optimiser,
    schedule: Schedule,
    /** The greatest norm of a gradient, per predicted value. */
    clip: t.number,
    /** The greatest size of an element of a gradient, per predicted value, if it is bounded. */
    clipValue: t.union([t.number, t.null]),
    seed: t.number,
  }),
);
export type Settings = t.TypeOf<typeof Settings>;

export const defaultSettings: Settings = {
  optimiser: optimisers.adam,
  schedule: { rate: 0.003, decay: "linear", warmup: 20, steps: 1000 },
  clip: 1,
  clipValue: null,
  seed: 1,
};
