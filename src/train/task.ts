import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { type Baselines, baselines } from "../data/baseline.ts";
import { explainDataError } from "../data/data-error.ts";
import { shuffleExamples } from "../data/examples.ts";
import type { Feed } from "../data/feed.ts";
import type { Corpus, DataPlan } from "../data/plan.ts";
import { splitEvery } from "../data/split.ts";
import { joinTexts, streamText, windowsOf } from "../data/streams.ts";
import { sizeOf } from "../data/vocabulary.ts";
import type { CompiledModel, Example } from "../runtime/interface.ts";
import { bitsOf } from "./evaluate.ts";
import { asTextModel } from "./text-model.ts";

/** A model with its data: what is left to do is to step. */
export interface Task {
  readonly compiled: CompiledModel;
  readonly feed: Feed;
  /** How many portions of the feed make an epoch. */
  readonly portions: number;
  readonly heldOut: ReadonlyArray<Example>;
  /** What one predicted value is called. */
  readonly unit: string;
  /** A loss in nats per value, in the words of the task. */
  readonly showLoss: (nats: number) => string;
}

/** Held-out text is measured in windows of so many symbols, each read from the model's initial state. */
export const heldOutWindow = 1000;

/** On the left, why the model cannot be trained on the text, in words. */
export const textTask = (compiled: CompiledModel, plan: DataPlan, corpus: Corpus): E.Either<string, Task> =>
  pipe(
    asTextModel(compiled.model, sizeOf(corpus.vocabulary)),
    E.flatMap(({ target, example }) =>
      pipe(
        streamText(target, plan)(joinTexts(corpus.training)),
        E.mapLeft(explainDataError),
        E.map((feed) => ({
          compiled,
          feed,
          portions: Math.floor(
            corpus.training.reduce((total, text) => total + text.length, 0) / (plan.streams * plan.window),
          ),
          heldOut: corpus.heldOut.flatMap(windowsOf(heldOutWindow)).map(example),
          unit: "char",
          showLoss: (nats) => `${bitsOf(nats).toFixed(3)} bits/char`,
        })),
      ),
    ),
  );

export const examplesTask = (
  compiled: CompiledModel,
  plan: DataPlan,
  examples: ReadonlyArray<Example>,
): E.Either<string, Task> => {
  const { training, heldOut } = splitEvery<Example>(plan.holdOut)(examples);
  return pipe(
    [...examples.entries()],
    E.traverseArray(fitting(compiled)),
    E.flatMap(() => pipe(shuffleExamples(compiled.model, plan.streams)(training), E.mapLeft(explainDataError))),
    E.map((feed) => ({
      compiled,
      feed,
      portions: Math.ceil(training.length / plan.streams),
      heldOut,
      unit: "value",
      showLoss: (nats) => `loss ${nats.toFixed(4)}`,
    })),
  );
};

/** An example that does not fit the model is found before the training begins, wherever its turn would be. */
const fitting =
  (compiled: CompiledModel) =>
  ([place, example]: readonly [number, Example]): E.Either<string, void> =>
    E.tryCatch(
      () => void compiled.pack([example]),
      (error) => {
        if (!(error instanceof Error && error.name === "RnncError")) throw error;
        return `Example ${place + 1} of the data does not fit ${compiled.model.name}: ${error.message.replace(/^examples\[0\]\.?/, "")}`;
      },
    );

/** What character frequencies alone achieve on the held-out text, in the same windows. */
export const baselinesOf = (corpus: Corpus): Baselines =>
  baselines(sizeOf(corpus.vocabulary), corpus.training, corpus.heldOut.flatMap(windowsOf(heldOutWindow)));
