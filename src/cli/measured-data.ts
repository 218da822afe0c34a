import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled } from "../compile.ts";
import type { Vocabulary } from "../data/coding/coding.ts";
import { explainDataError } from "../data/data-error.ts";
import { openDataset } from "../data/dataset.ts";
import type { Encoded } from "../data/encoded.ts";
import type { Listed } from "../data/record.ts";
import type { Sample } from "../data/sample.ts";
import { windowsOf } from "../data/streams.ts";
import { readTexts } from "../data/text.ts";
import { encode } from "../data/vocabulary.ts";
import type { Situations } from "../measure/situation.ts";
import { refusal } from "../runtime/refusal.js";
import type { Recipe } from "../train/run.ts";
import { heldOutWindow } from "../train/task.ts";
import { type ReadingOptions, readingOf } from "./data-options.ts";
import { examplesOf, tellUnknownOf } from "./examples-of-recipe.ts";
import { dataFailure, type Failure, usageError } from "./failure.ts";
import { givenSamples } from "./given-samples.ts";
import { asTrained, remapped } from "./remapped.ts";
import { corpusOf, heldOutOf } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";

/** What a run is measured on, and what it was trained on, or why that cannot be had. */
export interface MeasuredData {
  /** In words: `the held-out part of names.tsv`. */
  readonly place: string;
  readonly measured: Situations;
  readonly training: E.Either<Failure, Situations>;
}

/** Without files, what the run holds out. */
export const measuredData = (
  terminal: Terminal,
  recipe: Recipe,
  compiled: Compiled,
  files: ReadonlyArray<string> | undefined,
  reading: ReadingOptions,
): E.Either<Failure, MeasuredData> =>
  pipe(
    recipe.vocabulary === null
      ? examplesFrom(terminal, recipe, compiled, files, reading)
      : textsFrom(terminal, recipe, recipe.vocabulary, compiled.model.targets[0]!.name, files),
    E.filterOrElse(
      ({ measured }) => measured.count > 0,
      () => usageError(nothingIn(files)),
    ),
  );

/** Of series that are too short there is word already. */
const nothingIn = (files: ReadonlyArray<string> | undefined): string =>
  files === undefined
    ? "There is nothing to measure on: the run holds nothing out; name files with --data"
    : `${files.join(", ")}: there are no examples to measure on`;

const placeOf = ({ data: { files, heldOutFiles } }: Recipe, given: ReadonlyArray<string> | undefined): string =>
  (given ?? heldOutFiles)?.join(", ") ?? `the held-out part of ${files.join(", ")}`;

const examplesFrom = (
  terminal: Terminal,
  recipe: Recipe,
  compiled: Compiled,
  files: ReadonlyArray<string> | undefined,
  reading: ReadingOptions,
): E.Either<Failure, MeasuredData> => {
  const dataset = pipe(openDataset(recipe.data, recipe.settings.seed), E.mapLeft(dataFailure));
  return pipe(
    files === undefined
      ? pipe(
          dataset,
          E.flatMap((parts) =>
            pipe(
              heldOutOf(terminal, recipe, compiled, parts),
              E.map(({ encoded, first }) => situationsOf(parts.heldOut, encoded, first.length)),
            ),
          ),
        )
      : pipe(
          remapped(recipe, reading.map),
          E.bindTo("other"),
          E.bind("samples", ({ other }) => givenSamples(terminal, other, files, readingOf(reading), false)),
          E.bind("encoded", ({ other, samples }) => examplesOf(terminal, other, compiled, samples, "given")),
          E.map(({ samples, encoded }) =>
            situationsOf(
              { ...samples, at: (index) => E.map(asTrained(recipe, reading.map))(samples.at(index)) },
              encoded,
            ),
          ),
        ),
    E.map((measured) => ({
      place: placeOf(recipe, files),
      measured,
      training: pipe(
        dataset,
        E.flatMap(({ training }) =>
          pipe(
            // What is to be said of it was said in training.
            examplesOf({ ...terminal, err: () => {} }, recipe, compiled, training),
            E.map((encoded) => situationsOf(training, encoded)),
          ),
        ),
      ),
    })),
  );
};

const situationsOf = (samples: Listed<Sample>, { examples, places }: Encoded, count = examples.count): Situations => ({
  count,
  at: (index) => ({
    example: examples.at(index),
    sample: pipe(
      samples.at(places[index]!),
      E.getOrElse((error): Sample => {
        // A file that is changed while it is read.
        throw refusal("the data", "what they were at first", explainDataError(error));
      }),
    ),
  }),
});

const textsFrom = (
  terminal: Terminal,
  recipe: Recipe,
  vocabulary: Vocabulary,
  target: string,
  files: ReadonlyArray<string> | undefined,
): E.Either<Failure, MeasuredData> => {
  const corpus = corpusOf(recipe);
  const situations = (texts: ReadonlyArray<Int32Array>): Situations => ({
    count: texts.length,
    at: (index) => ({ example: { [target]: texts[index]! }, sample: undefined }),
  });
  return pipe(
    files === undefined
      ? pipe(
          corpus,
          E.map(({ heldOut }) => heldOut),
        )
      : pipe(
          readTexts(files),
          E.bimap(dataFailure, (texts) => texts.map(({ text }) => encode(vocabulary)(text))),
        ),
    E.tap((texts) => {
      tellUnknownOf(terminal, target, texts, files === undefined ? "measuring" : "given");
      return E.right(undefined);
    }),
    E.map((texts) => ({
      place: placeOf(recipe, files),
      measured: situations(texts.flatMap(windowsOf(heldOutWindow))),
      training: pipe(
        corpus,
        E.map(({ training }) => situations(training)),
      ),
    })),
  );
};
