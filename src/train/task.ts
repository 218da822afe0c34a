import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Tokens } from "../data/coding/coding.ts";
import { explainDataError } from "../data/data-error.ts";
import type { Encoded } from "../data/encoded.ts";
import { shuffled } from "../data/examples.ts";
import type { Feed } from "../data/feed.ts";
import { orderByLength, randomOrder } from "../data/order.ts";
import type { Corpus, DataPlan } from "../data/plan.ts";
import { joinTexts, streamText, windowsOf } from "../data/streams.ts";
import { sizeOf } from "../data/vocabulary.ts";
import { type Baselines, baselines } from "../measure/text-baselines.ts";
import type { CompiledModel, Example } from "../runtime/interface.ts";
import { bitsOf, perplexityOf } from "./evaluate.ts";
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
          ...measures[corpus.vocabulary.tokens],
        })),
      ),
    ),
  );

/** Of characters people tell the bits, of words the perplexity (Jelinek et al. 1977). */
const measures: { readonly [K in Tokens]: Pick<Task, "unit" | "showLoss"> } = {
  chars: { unit: "char", showLoss: (nats) => `${bitsOf(nats).toFixed(3)} bits/char` },
  words: { unit: "word", showLoss: (nats) => `perplexity ${perplexityOf(nats).toPrecision(4)}` },
};

export const examplesTask = (
  compiled: CompiledModel,
  plan: DataPlan,
  { examples, lengths }: Pick<Encoded, "examples" | "lengths">,
  heldOut: ReadonlyArray<Example>,
): E.Either<string, Task> =>
  pipe(
    examples,
    shuffled(
      compiled.model,
      plan.streams,
      plan.byLength === true ? (_, size) => orderByLength(lengths, size) : randomOrder,
    ),
    E.bimap(explainDataError, (feed) => ({
      compiled,
      feed,
      portions: Math.ceil(examples.count / plan.streams),
      heldOut,
      unit: "value",
      showLoss: (nats) => `loss ${nats.toFixed(4)}`,
    })),
  );

/** What character frequencies alone achieve on the held-out text, in the same windows. */
export const baselinesOf = (corpus: Corpus): Baselines =>
  baselines(sizeOf(corpus.vocabulary), corpus.training, corpus.heldOut.flatMap(windowsOf(heldOutWindow)));
