import type { Params } from "../runtime/interface.ts";
import { plateauOf } from "./schedule.ts";
import type { Settings } from "./settings.ts";

/** What was measured of held-out data on the way: schedules and the end of a training go by it. */
export interface Watch {
  /** The last evaluation. */
  readonly last: Measured | null;
  /** The one of the least loss, with the parameters that had it. */
  readonly best: Best | null;
  /** How many evaluations have come since the best one, and since it or the last fall of the rate. */
  readonly vain: number;
  readonly vainHere: number;
  /** How often the rate fell because evaluations came in vain. */
  readonly plateaus: number;
}

export interface Measured {
  readonly step: number;
  /** In nats per predicted value. */
  readonly heldOut: number;
}

export interface Best extends Measured {
  readonly params: Params;
}

export const nothingWatched: Watch = { last: null, best: null, vain: 0, vainHere: 0, plateaus: 0 };

type Watched = { readonly step: number; readonly params: Params; readonly watch: Watch };

/** Whether a training is measured at this step. */
export const isDue = ({ evaluateEvery }: Settings, { step, watch }: Watched): boolean =>
  evaluateEvery !== undefined && step % evaluateEvery === 0 && watch.last?.step !== step;

/** A training with what an evaluation said of it. What is no number is no improvement. */
export const watched = <A extends Watched>({ schedule }: Settings, training: A, heldOut: number): A => {
  const { step, params, watch } = training;
  const last: Measured = { step, heldOut };
  if (!(heldOut >= (watch.best?.heldOut ?? Number.POSITIVE_INFINITY)) && Number.isFinite(heldOut))
    return { ...training, watch: { ...watch, last, best: { ...last, params }, vain: 0, vainHere: 0 } };
  const vainHere = watch.vainHere + 1;
  const falls = vainHere >= plateauOf(schedule).evaluations;
  return {
    ...training,
    watch: {
      ...watch,
      last,
      vain: watch.vain + 1,
      vainHere: falls ? 0 : vainHere,
      plateaus: watch.plateaus + (falls ? 1 : 0),
    },
  };
};

/** Whether evaluations have come in vain for too long. */
export const isOutOfPatience = ({ patience }: Settings, { watch }: Watched): boolean =>
  patience !== undefined && watch.vain >= patience;

/** A step with the evaluation that is due after it. */
export const watching =
  <A extends Watched>(settings: Settings, measure: (params: Params) => number, step: (training: A) => A) =>
  (training: A): A => {
    const after = step(training);
    return isDue(settings, after) ? watched(settings, after, measure(after.params)) : after;
  };

/**
 * A training that has come to its end is measured there too. Schedules and patience know nothing of it: a training that
 * goes on from here takes the steps of one that never stopped.
 */
export const measuredAtEnd = <A extends Watched>(training: A, measure: (params: Params) => number): A =>
  training.watch.last?.step === training.step
    ? training
    : {
        ...training,
        watch: { ...training.watch, last: { step: training.step, heldOut: measure(training.params) } },
      };

/** The weights that a run is used by: the best that were measured, unless the last ones are asked for or no worse. */
export const chosenParams = ({ step, params, watch: { best, last } }: Watched, wanted: "best" | "last"): Params => {
  if (wanted === "last" || best === null) return params;
  return last !== null && last.step === step && last.heldOut <= best.heldOut ? params : best.params;
};

/** What the chosen weights were measured at. */
export const chosenMeasure = ({ step, watch: { best, last } }: Watched): Measured | null => {
  if (best === null) return last;
  return last !== null && last.step === step && last.heldOut <= best.heldOut ? last : best;
};
