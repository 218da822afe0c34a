import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type Command, Option } from "commander";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { type OptimiserName, optimisers } from "../train/optimiser.ts";
import { loadRun, type Recipe, type Run, runFile } from "../train/run.ts";
import type { Schedule } from "../train/schedule.ts";
import { beginTraining } from "../train/step.ts";
import type { Task } from "../train/task.ts";
import { type Failure, usageError } from "./failure.ts";
import { type CommonOptions, count, integer, positive } from "./options.ts";
import { readProgram } from "./program.ts";
import { prepare } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";
import { type Trained, trainAndTell } from "./train-and-tell.ts";

export interface TrainOptions extends CommonOptions {
  readonly data?: ReadonlyArray<string>;
  readonly run?: string;
  readonly resume?: string;
  readonly steps?: number;
  readonly optimiser: OptimiserName;
  readonly rate: number;
  readonly decay: Schedule["decay"];
  readonly warmup: number;
  readonly clip: number;
  readonly clipValue?: number;
  readonly streams: number;
  readonly window: number;
  readonly holdOut: number;
  readonly saveEvery: number;
}

export const withTrainingOptions = (command: Command): Command =>
  command
    .option("--data <file...>", "text files, `brown` (the Brown corpus), or .jsonl files of examples")
    .option("--run <folder>", "where the run is saved (default: runs/ and the file's name)")
    .option("--resume <folder>", "go on with a saved run, to the same bits as if it had never stopped")
    .option("--steps <count>", "how many steps in all (default: 1000)", count)
    .addOption(new Option("--optimiser <name>").choices(Object.keys(optimisers)).default("adam"))
    .option("--rate <number>", "the learning rate", positive, 0.003)
    .addOption(
      new Option("--decay <kind>", "of the learning rate").choices(["constant", "linear", "root"]).default("linear"),
    )
    .option("--warmup <count>", "steps in which the learning rate climbs", integer, 20)
    .option("--clip <norm>", "the greatest norm of a gradient", positive, 1)
    .option("--clip-value <size>", "the greatest size of an element of a gradient", positive)
    .option("--streams <count>", "how many streams or examples a batch holds", count, 32)
    .option("--window <count>", "how many characters backpropagation reaches back over", count, 64)
    .option("--hold-out <count>", "hold out one document in so many", count, 10)
    .option("--save-every <count>", "steps between saves", count, 200);

/** `rnnc train FILE --data …`, `rnnc train --resume RUN` */
export const train =
  (terminal: Terminal) =>
  async (file: string | undefined, options: TrainOptions): Promise<E.Either<Failure, void>> => {
    const prepared = pipe(
      options.resume === undefined ? newRun(file, options) : oldRun(options.resume, options),
      E.bind("prepared", ({ recipe }) => prepare(terminal, recipe)),
    );
    if (E.isLeft(prepared)) return prepared;
    const { folder, training, prepared: ready } = prepared.right;
    const begun = training ?? beginTraining(ready.task.compiled, ready.recipe.settings);
    return pipe(
      await trainAndTell(terminal, { folder, begun, prepared: ready, saveEvery: options.saveEvery }),
      E.map((trained) => tell(terminal, options, folder, ready.task, trained)),
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
  readonly training: Run["training"] | null;
}

const newRun = (file: string | undefined, options: TrainOptions): E.Either<Failure, Wanted> => {
  if (file === undefined) return E.left(usageError("I need a program to train, or --resume and a run to go on with"));
  if (options.data === undefined) return E.left(usageError("I need --data and the files to train on"));
  const folder = options.run ?? join("runs", basename(file === "-" ? "stdin" : file, ".rnn"));
  if (existsSync(runFile(folder)))
    return E.left(
      usageError(`There is a run in ${folder} already: go on with --resume ${folder}, or name another with --run`),
    );
  return pipe(
    readProgram(file),
    E.map((source) => ({ folder, recipe: recipeOf(source, options, options.data!), training: null })),
  );
};

const oldRun = (folder: string, { steps }: TrainOptions): E.Either<Failure, Wanted> =>
  pipe(
    loadRun(folder),
    E.bimap(usageError, ({ recipe, training }) => ({
      folder,
      recipe: {
        ...recipe,
        settings: {
          ...recipe.settings,
          schedule: { ...recipe.settings.schedule, steps: steps ?? recipe.settings.schedule.steps },
        },
      },
      training,
    })),
  );

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
  settings: {
    optimiser: optimisers[options.optimiser],
    schedule: { rate: options.rate, decay: options.decay, warmup: options.warmup, steps: options.steps ?? 1000 },
    clip: options.clip,
    clipValue: options.clipValue ?? null,
    seed: options.seed,
  },
  data: {
    files: data.map((path) => (path === "brown" || path === "-" ? path : resolve(path))),
    kind: data.every((path) => path.endsWith(".jsonl")) ? "examples" : "text",
    streams: options.streams,
    window: options.window,
    holdOut: options.holdOut,
  },
  vocabulary: null,
});
