import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled } from "../compile.ts";
import { decoded } from "../data/coding/decode.ts";
import type { Encoded } from "../data/encoded.ts";
import { listOf } from "../data/examples.ts";
import { type Answer, writtenAs } from "../data/formats/write.ts";
import { predict } from "../data/predicted.ts";
import type { Listed } from "../data/record.ts";
import type { Sample } from "../data/sample.ts";
import type { CompiledModel, Params } from "../runtime/interface.ts";
import { nearest } from "../syntax/nearest.ts";
import { writeAtomically } from "../train/atomic-file.ts";
import { explainFileProblem } from "../train/file-problem.ts";
import { type Recipe, weightsOf } from "../train/run.ts";
import { loadRun } from "../train/run-folder.ts";
import { type ReadingOptions, readingOf } from "./data-options.ts";
import { encoderOf, examplesOf, givenSamples } from "./examples-of-recipe.ts";
import { dataFailure, type Failure, usageError } from "./failure.ts";
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
      loadRun(folder),
      E.mapLeft(usageError),
      E.filterOrElse(
        ({ recipe }) => recipe.vocabulary === null,
        () => usageError(`${folder} was trained on text: it draws text with \`rnnc generate ${folder}\``),
      ),
      E.bindTo("run"),
      E.bind("compiled", ({ run }) => compileRecipe(terminal, run.recipe, { exports: ["pack", "forward"] })),
      E.bind("wanted", ({ compiled }) => wantedOutputs(compiled, options.outputs)),
      E.bind("samples", ({ run }) => givenSamples(run.recipe, options.data, readingOf(options), true)),
      E.bind("encoded", ({ run, compiled, samples }) => examplesOf(terminal, run.recipe, compiled, samples, "asking")),
      E.bind("answers", ({ run, compiled, wanted, samples, encoded }) =>
        answersOf(run.recipe, weightsOf(run, options.last), compiled, wanted, samples, encoded),
      ),
      E.flatMap(({ answers }) => written(terminal, options.out, writtenAs(options.out)(answers))),
    );

const wantedOutputs = (
  { model }: CompiledModel,
  asked: ReadonlyArray<string> | undefined,
): E.Either<Failure, ReadonlyArray<string>> => {
  const known = model.outputs.map(({ name }) => name);
  if (known.length === 0)
    return E.left(usageError(`${model.name} has no output: declare what it predicts, as in \`output p[t] = …\``));
  const unknown = asked?.find((name) => !known.includes(name));
  if (unknown === undefined) return E.right(asked ?? known);
  const meant = nearest(unknown, known);
  const hint = meant === undefined ? `it has ${known.join(", ")}` : `did you mean ${meant}?`;
  return E.left(usageError(`${model.name} has no output ${unknown} (${hint})`));
};

const answersOf = (
  recipe: Recipe,
  params: Params,
  compiled: Compiled,
  wanted: ReadonlyArray<string>,
  samples: Listed<Sample>,
  { examples, places }: Encoded,
): E.Either<Failure, ReadonlyArray<Answer>> => {
  const { declared, coding } = encoderOf(recipe, compiled, "asking");
  const predictions = predict(compiled, params, listOf(examples));
  return pipe(
    predictions.map((prediction, i) => ({ prediction, place: places[i]! })),
    E.traverseArray(({ prediction, place }) =>
      pipe(
        samples.at(place),
        E.mapLeft(dataFailure),
        E.flatMap((sample) => {
          const chosen = Object.fromEntries(Object.entries(prediction).filter(([name]) => wanted.includes(name)));
          const told = decoded(declared, coding, chosen);
          const taken = Object.keys(told).find(
            (name) => sample.fields !== undefined && Object.hasOwn(sample.fields, name),
          );
          return taken === undefined
            ? E.right({ sample, told })
            : E.left(
                usageError(
                  `${sample.path}, line ${sample.line}: there is a field ${taken} already, which is an output of ${compiled.model.name} too: --outputs chooses others`,
                ),
              );
        }),
      ),
    ),
  );
};

const written = (terminal: Terminal, out: string | undefined, text: string): E.Either<Failure, void> => {
  if (out === undefined) return E.right(terminal.out(text));
  return pipe(
    writeAtomically(out, new TextEncoder().encode(text)),
    E.mapLeft((problem) => usageError(explainFileProblem(problem))),
  );
};
