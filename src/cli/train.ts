import { basename, join, resolve } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { holdsExamples } from "../data/readers.ts";
import type { Recipe } from "../train/run.ts";
import { holdsRun, loadRun } from "../train/run-folder.ts";
import { usualOptimiser } from "../train/settings.ts";
import { beginTraining, type Training } from "../train/step.ts";
import type { Task } from "../train/task.ts";
import { type Failure, usageError } from "./failure.ts";
import { readProgram } from "./program.ts";
import { forTraining, type Prepared, prepare } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";
import { type Trained, trainAndTell } from "./train-and-tell.ts";
import type { TrainOptions } from "./train-options.ts";

/** `rnnc train FILE --data …`, `rnnc train --resume RUN` */
export const train =
  (terminal: Terminal) =>
  async (file: string | undefined, options: TrainOptions): Promise<E.Either<Failure, void>> => {
    const wanted = pipe(
      options.resume === undefined ? newRun(file, options) : oldRun(options.resume, options),
      E.bind("prepared", ({ recipe }) => prepare(terminal, recipe, forTraining(recipe))),
    );
    if (E.isLeft(wanted)) return wanted;
    const { folder, begin, prepared } = wanted.right;
    return pipe(
      await trainAndTell(terminal, { folder, begin: () => begin(prepared), prepared, saveEvery: options.saveEvery }),
      E.map((trained) => tell(terminal, options, folder, prepared.task, trained)),
    );
  };

const tell = (terminal: Terminal, { json }: TrainOptions, folder: string, task: Task, trained: Trained): void => {
  const { heldOut, loss } = trained;
  if (json) terminal.out(`${JSON.stringify({ run: folder, heldOut, loss })}\n`);
  else if (heldOut !== null) terminal.out(`held-out: ${task.showLoss(heldOut)}\n`);
};

interface Wanted {
  readonly folder: string;
  readonly recipe: Recipe;
  /** What the training begins with: looked for once no other training writes into the folder. */
  readonly begin: (prepared: Prepared) => E.Either<Failure, Training>;
}

const newRun = (file: string | undefined, options: TrainOptions): E.Either<Failure, Wanted> => {
  if (file === undefined) return E.left(usageError("I need a program to train, or --resume and a run to go on with"));
  if (options.data === undefined) return E.left(usageError("I need --data and the files to train on"));
  if (options.weightDecayOf !== undefined && !("weightDecay" in usualOptimiser(options.optimiser).constants))
    return E.left(usageError(`--weight-decay-of is for adamw: ${options.optimiser} has no weight decay`));
  const folder = options.run ?? join("runs", basename(file === "-" ? "stdin" : file, ".rnn"));
  return pipe(
    withoutRun(folder),
    E.flatMap(() => readProgram(file)),
    E.map((source) => ({
      folder,
      recipe: recipeOf(source, options, options.data!),
      begin: ({ task, recipe }) =>
        pipe(
          withoutRun(folder),
          E.map(() => beginTraining(task.compiled, recipe.settings)),
        ),
    })),
  );
};

/** A run is never overwritten by a new one. */
const withoutRun = (folder: string): E.Either<Failure, void> =>
  holdsRun(folder)
    ? E.left(
        usageError(`There is a run in ${folder} already: go on with --resume ${folder}, or name another with --run`),
      )
    : E.right(undefined);

const oldRun = (folder: string, { steps }: TrainOptions): E.Either<Failure, Wanted> => {
  const load = () => pipe(loadRun(folder), E.mapLeft(usageError));
  return pipe(
    load(),
    E.map(({ recipe }) => ({
      folder,
      recipe: {
        ...recipe,
        settings: {
          ...recipe.settings,
          schedule: { ...recipe.settings.schedule, steps: steps ?? recipe.settings.schedule.steps },
        },
      },
      begin: () =>
        pipe(
          load(),
          E.map(({ training }) => training),
        ),
    })),
  );
};

const recipeOf = (
  source: { readonly file: string; readonly text: string },
  options: TrainOptions,
  data: ReadonlyArray<string>,
): Recipe => ({
  source: source.text,
  file: source.file === "-" ? source.file : resolve(source.file),
  model: options.model ?? null,
  statics: options.set,
  precision: options.precision,
  target: options.target ?? null,
  ...(options.memory === undefined ? {} : { memory: options.memory }),
  ...(options.freeze === undefined ? {} : { freeze: options.freeze }),
  settings: {
    optimiser: usualOptimiser(options.optimiser),
    schedule: { rate: options.rate, decay: options.decay, warmup: options.warmup, steps: options.steps ?? 1000 },
    clip: options.clip,
    clipValue: options.clipValue ?? null,
    seed: options.seed,
    ...(options.loss === undefined ? {} : { loss: options.loss }),
    ...(options.weightDecayOf === undefined ? {} : { weightDecayOf: options.weightDecayOf }),
  },
  data: {
    files: data.map((path) => (path === "brown" || path === "-" ? path : resolve(path))),
    kind: data.every(holdsExamples) ? "examples" : "text",
    streams: options.streams,
    window: options.window,
    holdOut: options.holdOut,
  },
  vocabulary: null,
});
