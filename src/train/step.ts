import { type Cursor, type Feed, firstCursor } from "../data/feed.ts";
import type { CompiledModel, Params, State } from "../runtime/interface.ts";
import { clipByNorm, clipByValue } from "./clip.ts";
import { descend, type Memories, noMemories } from "./optimiser.ts";
import { rateAt } from "./schedule.ts";
import type { Settings } from "./settings.ts";
import { scaled } from "./tensors.ts";

/** Everything that the rest of a training depends on: equal states go on to equal bits. */
export interface Training {
  /** Steps done. */
  readonly step: number;
  readonly params: Params;
  readonly memories: Memories;
  readonly cursor: Cursor;
  /** What the delays carry from the last window to the next. */
  readonly carried: State | null;
  /** The loss in nats per predicted value: of the last step, and its moving average. */
  readonly loss: number;
  readonly average: number;
}

export const beginTraining = (compiled: CompiledModel, settings: Settings): Training => {
  const params = compiled.init(settings.seed);
  return {
    step: 0,
    params,
    memories: noMemories(settings.optimiser, params),
    cursor: firstCursor(settings.seed),
    carried: null,
    loss: Number.NaN,
    average: Number.NaN,
  };
};

/** One step of training. The loss is that of the parameters before the step. */
export const trainStep =
  (compiled: CompiledModel, settings: Settings, feed: Feed) =>
  (training: Training): Training => {
    const step = training.step + 1;
    const { examples, values, continues, next } = feed(training.cursor);
    const carried = continues && training.carried !== null ? training.carried : undefined;
    const result = compiled.gradient(training.params, compiled.pack(examples, noiseSeed(settings.seed, step)), carried);
    // The compiled loss is a mean over examples; steps are told, clipped and scaled per predicted value.
    const perValue = examples.length / values;
    const loss = result.loss * perValue;
    const whole = scaled(perValue, result.gradient);
    const bounded = settings.clipValue === null ? whole : clipByValue(settings.clipValue, whole);
    const gradient = clipByNorm(settings.clip, bounded);
    const rate = rateAt(settings.schedule, step);
    return {
      step,
      ...descend(settings.optimiser, rate, step, training, gradient),
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
