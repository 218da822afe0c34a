import { type Cursor, type Feed, firstCursor } from "../data/feed.ts";
import type { CompiledModel, Params, State, StepOptions, Trainer, TrainerState } from "../runtime/interface.ts";
import { type Accumulated, gradientOfBatches, noiseSeed } from "./accumulate.ts";
import { lossPerValue } from "./evaluate.ts";
import { rateAt } from "./schedule.ts";
import type { Settings } from "./settings.ts";
import { nothingWatched, type Watch } from "./watch.ts";

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
  /** Of the last step's gradient, per predicted value, before it was clipped. */
  readonly norm: number;
  /** The same by each parameter; none before a step. Nothing depends on it. */
  readonly norms: Readonly<Record<string, number>>;
  /** What was measured of held-out data on the way. */
  readonly watch: Watch;
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
    norm: Number.NaN,
    norms: {},
    watch: nothingWatched,
  };
};

/** One step of training. The loss is that of the parameters before the step. */
export const trainStep =
  (compiled: CompiledModel, settings: Settings, feed: Feed) =>
  (training: Training): Training => {
    const { optimiser, schedule, clip, clipValue, weightDecayOf, accumulate = 1 } = settings;
    const { step: done, params, memories, watch } = training;
    const trainer = compiled.trainer(params, optimiser.constants, {
      state: { optimiser: optimiser.name, step: done, memories },
      weightDecayOf,
    });
    const step = done + 1;
    const { loss, values, norm, carried, next } = (accumulate === 1 ? byOneBatch : byBatches)(
      { compiled, settings, feed, training, trainer },
      { rate: rateAt(schedule, step, watch.plateaus), clip, ...(clipValue === null ? {} : { clipValue }) },
    );
    return {
      step,
      params: trainer.params(),
      memories: trainer.state().memories,
      cursor: next,
      carried,
      loss,
      // A step that predicts no value says nothing of the loss per value.
      average: values === 0 ? training.average : movingAverage(training.average, loss),
      norm,
      norms: trainer.norms(),
      watch,
    };
  };

/** What a step is made of. */
interface Making {
  readonly compiled: CompiledModel;
  readonly settings: Settings;
  readonly feed: Feed;
  readonly training: Training;
  readonly trainer: Trainer;
}

type Made = Omit<Accumulated, "gradient" | "perValue"> & { readonly norm: number };

const byOneBatch = ({ compiled, settings, feed, training, trainer }: Making, options: StepOptions): Made => {
  const { examples, values, continues, next } = feed(training.cursor);
  const { loss: scale, seed } = settings;
  // Losses are told per predicted value; unless another is asked for, it is what steps are clipped and scaled by, too.
  const perValue = lossPerValue(scale, examples.length, values);
  const result = trainer.step(compiled.pack(examples, noiseSeed(seed, training.step + 1, 0)), {
    ...options,
    scale: scale === undefined ? perValue : 1,
    ...(continues && training.carried !== null ? { state: training.carried } : {}),
  });
  return { loss: result.loss * perValue, values, norm: result.norm, carried: result.state, next };
};

/** As one batch of all their examples. */
const byBatches = (making: Making, options: StepOptions): Made => {
  const { gradient, perValue, ...made } = gradientOfBatches(
    making.compiled,
    making.settings,
    making.feed,
  )(making.training);
  const scale = making.settings.loss === undefined ? perValue : 1;
  return { ...made, norm: making.trainer.descend(gradient, { ...options, scale }).norm };
};

/**
 * Whether a training has left the numbers behind: its parameters are not worth keeping. By a norm that is infinite every
 * gradient was clipped to 0, so that nothing would ever move again.
 */
export const diverged = ({ loss, norm, params }: Training): boolean =>
  !Number.isFinite(loss) ||
  norm === Number.POSITIVE_INFINITY ||
  Object.values(params).some((values) => !values.every(Number.isFinite));

const movingAverage = (average: number, loss: number): number =>
  Number.isNaN(average) ? loss : 0.9 * average + 0.1 * loss;
