import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled } from "../compile.ts";
import { decoded, type Told, toldNames } from "../data/coding/decode.ts";
import type { Encoded } from "../data/encoded.ts";
import { namesIn } from "../data/formats/write.ts";
import { type Prediction, predict } from "../data/predicted.ts";
import { lackedTarget } from "../data/read-back.ts";
import type { Listed } from "../data/record.ts";
import type { Sample } from "../data/sample.ts";
import type { CompiledModel, Example, Params } from "../runtime/interface.ts";
import { nearest } from "../syntax/nearest.ts";
import { compiledAs, forPredictions } from "../train/compile-recipe.ts";
import { declaredBy } from "../train/facts.ts";
import { type Recipe, weightsOf } from "../train/run.ts";
import { loadRun } from "../train/run-folder.ts";
import { expecting } from "../transform/expecting.ts";
import { type Answers, destinationOf, layoutOf, writeAnswers } from "./answers.ts";
import { type ReadingOptions, readingOf } from "./data-options.ts";
import { encoderOf, examplesOf, lackedError } from "./examples-of-recipe.ts";
import { dataFailure, type Failure, usageError } from "./failure.ts";
import { givenSamples } from "./given-samples.ts";
import { nothingToPredict } from "./nothing-to-predict.ts";
import { besideRun } from "./output-file.ts";
import { mappedRun } from "./remapped.ts";
import { compileRecipe } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";

export interface PredictOptions extends ReadingOptions {
  readonly last?: boolean;
  readonly data: ReadonlyArray<string>;
  readonly outputs?: ReadonlyArray<string>;
  readonly out?: string;
}

/**
 * `rnnc predict RUN --data FILE…`: for each example what stands in the data, each output, and what is expected of targets,
 * in the terms of the data.
 */
export const predictFromRun =
  (terminal: Terminal) =>
  (folder: string, options: PredictOptions): E.Either<Failure, void> =>
    pipe(
      destinationOf(options.out, options.data),
      E.tap(() => besideRun(options.out, folder)),
      E.bindTo("to"),
      E.bind("trained", () => E.mapLeft(usageError)(loadRun(folder))),
      E.filterOrElse(
        ({ trained: { recipe } }) => recipe.vocabulary === null,
        () => usageError(`${folder} was trained on text: it draws text with \`rnnc generate ${folder}\``),
      ),
      E.bind("run", ({ trained }) => mappedRun(trained, options.map)),
      E.bind("compiled", ({ run: { recipe } }) =>
        pipe(
          compileRecipe(terminal, recipe, forPredictions),
          E.map(({ elaborated }) => compiledAs(recipe, expecting(elaborated), forPredictions)),
        ),
      ),
      E.bind("wanted", ({ run, compiled }) => wantedNames(run.recipe, compiled, options.outputs)),
      E.bind("samples", ({ run }) => givenSamples(terminal, run.recipe, options.data, readingOf(options), true)),
      E.bind("encoded", ({ run, compiled, samples }) => examplesOf(terminal, run.recipe, compiled, samples, "asking")),
      E.flatMap(({ to, run, compiled, wanted, samples, encoded }) => {
        const answer = answering(run.recipe, weightsOf(run, options.last), compiled, wanted, namesIn(to.as));
        return writeAnswers(terminal, to, layoutOf(run.recipe, compiled, samples), partsOf(samples, encoded, answer));
      }),
    );

/** What is told, of all that there is. */
interface Wanted {
  readonly names: ReadonlyArray<string>;
  readonly all: ReadonlyArray<string>;
}

const wantedNames = (
  recipe: Recipe,
  { model }: CompiledModel,
  asked: ReadonlyArray<string> | undefined,
): E.Either<Failure, Wanted> => {
  const all = toldNames(model, declaredBy(recipe));
  if (all.length === 0) return E.left(usageError(nothingToPredict(model.name)));
  const unknown = asked?.find((name) => !all.includes(name));
  if (unknown === undefined) return E.right({ names: asked ?? all, all });
  const meant = nearest(unknown, all);
  const hint = meant === undefined ? `it has ${all.join(", ")}` : `did you mean ${meant}?`;
  return E.left(usageError(`${model.name} has no output ${unknown} (${hint})`));
};

/** So many examples are answered at a time: files may be larger than memory. */
const atOnce = 512;

type Answering = (examples: ReadonlyArray<Example>, samples: ReadonlyArray<Sample>) => Answers;

function* partsOf(samples: Listed<Sample>, { examples, places }: Encoded, answer: Answering): Iterable<Answers> {
  for (let from = 0; from < examples.count; from += atOnce) {
    const indices = Array.from({ length: Math.min(atOnce, examples.count - from) }, (_, i) => from + i);
    yield pipe(
      indices,
      E.traverseArray((i) => samples.at(places[i]!)),
      E.mapLeft(dataFailure),
      E.flatMap((of) => answer(indices.map(examples.at), of)),
    );
  }
}

const answering = (
  recipe: Recipe,
  params: Params,
  compiled: Compiled,
  { names, all }: Wanted,
  writtenNames: (told: Told) => ReadonlyArray<string>,
): Answering => {
  const { declared, coding } = encoderOf(recipe, compiled, "asking");
  return (examples, samples) =>
    pipe(
      predicted(compiled, params, examples, samples),
      E.map((predictions) => predictions.map((prediction, i) => [prediction, samples[i]!] as const)),
      E.flatMap(
        E.traverseArray(([prediction, sample]) => {
          const every = decoded(compiled.model, declared, coding, prediction);
          const told = Object.fromEntries(names.map((name) => [name, every[name]]));
          const { path, line, fields, rows } = sample;
          const own = fields ?? rows[0]!.fields;
          const taken = writtenNames(told).find((name) => Object.hasOwn(own, name));
          return taken === undefined
            ? E.right({ sample, told })
            : E.left(
                usageError(
                  `${path}, line ${line}: there is a field ${taken} already, and what is predicted is called so, too: rename the field, or choose other outputs with --outputs (there are ${all.join(", ")})`,
                ),
              );
        }),
      ),
    );
};

/** What the model refuses where it reads a target back that is not given can be drawn. */
const predicted = (
  compiled: Compiled,
  params: Params,
  examples: ReadonlyArray<Example>,
  samples: ReadonlyArray<Sample>,
): E.Either<Failure, ReadonlyArray<Prediction>> =>
  E.tryCatch(
    () => predict(compiled, params, examples),
    (error) => {
      const lacking = examples.findIndex((example) => lackedTarget(compiled.model, example) !== undefined);
      if (lacking < 0 || !(error instanceof Error && error.name === "RnncError")) throw error;
      return dataFailure(lackedError(samples[lacking]!, lackedTarget(compiled.model, examples[lacking]!)!.name));
    },
  );
