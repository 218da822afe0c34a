import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { listOf } from "../data/examples.ts";
import { windowsOf } from "../data/streams.ts";
import { readTexts } from "../data/text.ts";
import { encode, type Vocabulary } from "../data/vocabulary.ts";
import type { CompiledModel, Example } from "../runtime/interface.ts";
import { bitsOf, evaluate, perplexityOf } from "../train/evaluate.ts";
import { type Recipe, type Run, weightsOf } from "../train/run.ts";
import { loadRun } from "../train/run-folder.ts";
import { heldOutWindow } from "../train/task.ts";
import { examplesOf, givenSamples } from "./examples-of-recipe.ts";
import { dataFailure, type Failure, usageError } from "./failure.ts";
import { compileRecipe, prepare } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";

export interface EvaluateRunOptions {
  readonly last?: boolean;
  readonly data?: ReadonlyArray<string>;
  readonly json: boolean;
}

/** `rnnc eval RUN [--data FILE…]` */
export const evaluateRun =
  (terminal: Terminal) =>
  (folder: string, { data, json, last }: EvaluateRunOptions): E.Either<Failure, void> =>
    pipe(
      loadRun(folder),
      E.mapLeft(usageError),
      E.bindTo("run"),
      E.bind("measured", ({ run }) =>
        data === undefined ? heldOutOf(terminal, run.recipe) : examplesIn(terminal, run.recipe, data),
      ),
      E.filterOrElse(
        ({ measured }) => measured.examples.length > 0,
        () => usageError("There is nothing to measure on; name files with --data"),
      ),
      E.map(({ run, measured: { compiled, examples } }) =>
        terminal.out(show(run, json, evaluate(compiled, weightsOf(run, last), examples))),
      ),
    );

const show = ({ recipe }: Run, json: boolean, loss: number): string => {
  const bits = bitsOf(loss);
  if (json) return `${JSON.stringify({ loss, bits })}\n`;
  if (recipe.vocabulary === null) return `loss ${loss}\n`;
  return recipe.vocabulary.tokens === "words"
    ? `perplexity ${perplexityOf(loss).toPrecision(5)}\n`
    : `${bits.toFixed(4)} bits/char\n`;
};

interface Measured {
  readonly compiled: CompiledModel;
  readonly examples: ReadonlyArray<Example>;
}

const heldOutOf = (terminal: Terminal, recipe: Recipe): E.Either<Failure, Measured> =>
  pipe(
    prepare(terminal, recipe),
    E.map(({ task: { compiled, heldOut } }) => ({ compiled, examples: heldOut })),
  );

const examplesIn = (terminal: Terminal, recipe: Recipe, files: ReadonlyArray<string>): E.Either<Failure, Measured> =>
  pipe(
    compileRecipe(terminal, recipe),
    E.bindTo("compiled"),
    E.bind("examples", ({ compiled }) =>
      recipe.vocabulary === null
        ? pipe(
            givenSamples(recipe, files, {}, false),
            E.flatMap((samples) => examplesOf(terminal, recipe, compiled, samples)),
            E.map(({ examples }) => listOf(examples)),
          )
        : textWindows(recipe.vocabulary, compiled.model.targets[0]!.name, files),
    ),
  );

const textWindows = (
  vocabulary: Vocabulary,
  target: string,
  files: ReadonlyArray<string>,
): E.Either<Failure, ReadonlyArray<Example>> =>
  pipe(
    readTexts(files),
    E.bimap(dataFailure, (texts) =>
      texts
        .flatMap(({ text }) => windowsOf(heldOutWindow)(encode(vocabulary)(text)))
        .map((window) => ({ [target]: window })),
    ),
  );
