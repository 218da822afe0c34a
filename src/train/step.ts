import { type Cursor, type Feed, firstCursor } from "../data/feed.ts";
import type { CompiledModel, Params, State, TrainerState } from "../runtime/interface.ts";
import { lossPerValue } from "./evaluate.ts";
import { rateAt } from "./schedule.ts";
import type { Settings } from "./settings.ts";

/** Everything that the rest of a training depends on: equal states go on to equal bits. */
export interface Training {
  /** Steps done. */
  readonly step: number;
  readonly params: Params;
  /** What the optimiser remembers of earlier gradients. */
  readonly memories: TrainerState["memories"];
  readonly cursor: Cursor;
  /** What the delays carry from the last window to the next. */
  readonly carried: State | null;
  /** The loss in nats per predicted value: of the last step, and its moving average. */
  readonly loss: number;
  readonly average: number;
}

export const beginTraining = (compiled: CompiledModel, { optimiser, seed, weightDecayOf }: Settings): Training => {
  const params = compiled.init(seed);
  const { step, memories } = compiled.trainer(params, optimiser.constants, { weightDecayOf }).state();
  return {
    step,
    params,
    memories,
    cursor: firstCursor(seed),
    carried: null,
    loss: Number.NaN,
    average: Number.NaN,
  };
};

/** One step of training. The loss is that of the parameters before the step. */
export const trainStep =
  (compiled: CompiledModel, settings: Settings, feed: Feed) =>
  (training: Training): Training => {
    const { examples, values, continues, next } = feed(training.cursor);
    const { optimiser, schedule, clip, clipValue, loss: scale, weightDecayOf } = settings;
    const { step: done, params, memories } = training;
    const trainer = compiled.trainer(params, optimiser.constants, {
      state: { optimiser: optimiser.name, step: done, memories },
      weightDecayOf,
    });
    const step = done + 1;
    // Losses are told per predicted value; unless another is asked for, it is what steps are clipped and scaled by, too.
    const perValue = lossPerValue(scale, examples.length, values);
    const result = trainer.step(compiled.pack(examples, noiseSeed(settings.seed, step)), {
      rate: rateAt(schedule, step),
      scale: scale === undefined ? perValue : 1,
      clip,
      ...(clipValue === null ? {} : { clipValue }),
      ...(continues && training.carried !== null ? { state: training.carried } : {}),
    });
    const loss = result.loss * perValue;
    return {
      step,
      params: trainer.params(),
      memories: trainer.state().memories,
      cursor: next,
      carried: result.state,
      loss,
      average: movingAverage(training.average, loss),
    };
  };

/** Whether a training has left the numbers behind: its parameters are not worth keeping. */
export const diverged = ({ loss, params }: Training): boolean =>
  !Number.isFinite(loss) || Object.values(params).some((values) => !values.every(Number.isFinite));

/** Noise is drawn afresh in every step, and the same when the step is done again. */
const noiseSeed = (seed: number, step: number): number => (seed ^ Math.imul(step, 0x9e3779b1)) >>> 0;

const movingAverage = (average: number, loss: number): number =>
  Number.isNaN(average) ? loss : 0.98 * average + 0.02 * loss;
