import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { type Prediction, predict } from "../data/predicted.ts";
import type { CompiledModel, Example } from "../runtime/interface.ts";
import { nearest } from "../syntax/nearest.ts";
import { writeAtomically } from "../train/atomic-file.ts";
import { explainFileProblem } from "../train/file-problem.ts";
import type { Run } from "../train/run.ts";
import { loadRun } from "../train/run-folder.ts";
import { type Failure, usageError } from "./failure.ts";
import { compileRecipe, readAllExamples } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";

export interface PredictOptions {
  readonly data: ReadonlyArray<string>;
  readonly outputs?: ReadonlyArray<string>;
  readonly out?: string;
}

/** `rnnc predict RUN --data FILE…`: a line of JSON for each example, with what stands in the data and each output. */
export const predictFromRun =
  (terminal: Terminal) =>
  (folder: string, { data, outputs, out }: PredictOptions): E.Either<Failure, void> =>
    pipe(
      loadRun(folder),
      E.mapLeft(usageError),
      E.filterOrElse(
        ({ recipe }) => recipe.vocabulary === null,
        () => usageError(`${folder} was trained on text: it draws text with \`rnnc generate ${folder}\``),
      ),
      E.bindTo("run"),
      E.bind("compiled", ({ run }) => compileRecipe(terminal, run.recipe, { exports: ["pack", "forward"] })),
      E.bind("wanted", ({ compiled }) => wantedOutputs(compiled, outputs)),
      E.bind("examples", () => readAllExamples({ files: data })),
      E.map(({ run, compiled, wanted, examples }) => linesOf(run, compiled, wanted, examples)),
      E.flatMap((text) => written(terminal, out, text)),
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

const linesOf = (
  { training }: Run,
  compiled: CompiledModel,
  wanted: ReadonlyArray<string>,
  examples: ReadonlyArray<Example>,
): string =>
  predict(compiled, training.params, examples)
    .map((prediction, i) => `${JSON.stringify({ ...examples[i], ...only(prediction, wanted) })}\n`)
    .join("");

const only = (prediction: Prediction, wanted: ReadonlyArray<string>): Prediction =>
  Object.fromEntries(wanted.map((name) => [name, prediction[name]!]));

const written = (terminal: Terminal, out: string | undefined, text: string): E.Either<Failure, void> => {
  if (out === undefined) return E.right(terminal.out(text));
  return pipe(
    writeAtomically(out, new TextEncoder().encode(text)),
    E.mapLeft((problem) => usageError(explainFileProblem(problem))),
  );
};
