import { basename, join, resolve } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { fingerprintsOf } from "../data/fingerprint.ts";
import { formatOf } from "../data/formats/formats.ts";
import type { DataPlan } from "../data/plan.ts";
import type { Recipe } from "../train/run.ts";
import { holdsRun, loadRun } from "../train/run-folder.ts";
import { type Settings, usualOptimiser } from "../train/settings.ts";
import { beginTraining, type Training } from "../train/step.ts";
import type { Task } from "../train/task.ts";
import { chosenMeasure, type Measured } from "../train/watch.ts";
import { planOf } from "./data-options.ts";
import { tryOut } from "./dry-run.ts";
import { type Failure, usageError } from "./failure.ts";
import { nothingHeldOut } from "./nothing-held-out.ts";
import { nothingToPredictOf, tellsNothing } from "./nothing-to-predict.ts";
import { readProgram } from "./program.ts";
import { rowsAlone } from "./rows-alone.ts";
import { settled } from "./settled.ts";
import { type Start, startedFrom, startIn, tellStart } from "./start.ts";
import { forTraining, type Prepared, prepare } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";
import { type Trained, trainAndTell } from "./train-and-tell.ts";
import { noData, type TrainOptions } from "./train-options.ts";
import { withoutEffect } from "./without-effect.ts";

/** `rnnc train FILE --data …`, `rnnc train --resume RUN` */
export const train =
  (terminal: Terminal) =>
  async (file: string | undefined, options: TrainOptions): Promise<E.Either<Failure, void>> => {
    const wanted = pipe(
      options.steps !== undefined && options.epochs !== undefined
        ? E.left(usageError("--steps and --epochs both say how long to train: I need one of them"))
        : E.right(undefined),
      E.flatMap(() => (options.resume === undefined ? newRun(file, options) : oldRun(options.resume, options))),
      E.bind("prepared", ({ recipe, start }) =>
        pipe(
          prepare(terminal, recipe, { ...forTraining(recipe), json: options.json }, start?.before),
          E.flatMap(settled(options)),
          E.map((prepared) => (options.resume === undefined ? withFingerprints(prepared) : prepared)),
        ),
      ),
      E.tap(({ prepared, start }) => (start === undefined ? E.right(undefined) : tellStart(terminal, start, prepared))),
    );
    if (E.isLeft(wanted)) return wanted;
    const { folder, begin, prepared } = wanted.right;
    if (options.resume === undefined && prepared.task.heldOut.length === 0)
      terminal.err(nothingHeldOut(prepared.recipe.data));
    const { model } = prepared.compiled;
    const alone =
      options.resume === undefined ? rowsAlone(prepared.recipe.data, prepared.compiled, prepared.task) : undefined;
    if (alone !== undefined) terminal.err(alone);
    if (options.resume === undefined && tellsNothing(model)) terminal.err(nothingToPredictOf(model.name));
    if (options.dryRun)
      return pipe(
        begin(prepared),
        E.map((begun) => tryOut(terminal, options, prepared, begun)),
      );
    const { saveEvery, maxTime } = options;
    return pipe(
      await trainAndTell(terminal, { folder, begin: () => begin(prepared), prepared, saveEvery, maxTime }),
      E.map((trained) => tell(terminal, options, folder, prepared.task, trained)),
    );
  };

const tell = (terminal: Terminal, { json }: TrainOptions, folder: string, task: Task, trained: Trained): void => {
  const chosen = chosenMeasure(trained);
  const last = trained.watch.last?.step === trained.step ? trained.watch.last : null;
  const measured = (of: Measured | null) => of && { step: of.step, heldOut: of.heldOut };
  const { average: loss } = trained;
  const found = { run: folder, heldOut: chosen?.heldOut ?? null, loss, best: measured(chosen), last: measured(last) };
  terminal.out(json ? `${JSON.stringify(found)}\n` : heldOutText(task, chosen, last));
};

/** What is held out, by the weights that the run is used by; then by the last ones, if these are others. */
const heldOutText = ({ showLoss }: Task, chosen: Measured | null, last: Measured | null): string => {
  if (chosen === null) return "";
  if (chosen.step === last?.step) return `held-out: ${showLoss(chosen.heldOut)}\n`;
  const best = `held-out: ${showLoss(chosen.heldOut)} (the best weights, of step ${chosen.step})\n`;
  return last === null ? best : `${best}held-out: ${showLoss(last.heldOut)} (the last weights, of step ${last.step})\n`;
};

/** What a training that begins was given: one that goes on is held to it. */
const withFingerprints = (prepared: Prepared): Prepared => {
  const { data } = prepared.recipe;
  const fingerprints = fingerprintsOf([...data.files, ...(data.heldOutFiles ?? [])]);
  if (Object.keys(fingerprints).length === 0) return prepared;
  return { ...prepared, recipe: { ...prepared.recipe, data: { ...data, fingerprints } } };
};

interface Wanted {
  readonly folder: string;
  readonly recipe: Recipe;
  /** Whose weights it begins with, if not with drawn ones. */
  readonly start: Start | undefined;
  /** What the training begins with: looked for once no other training writes into the folder. */
  readonly begin: (prepared: Prepared) => E.Either<Failure, Training>;
}

const newRun = (file: string | undefined, options: TrainOptions): E.Either<Failure, Wanted> => {
  if (file === undefined) return E.left(usageError("I need a program to train, or --resume and a run to go on with"));
  if (options.data === undefined) return E.left(usageError(noData));
  if (options.weightDecayOf !== undefined && !("weightDecay" in usualOptimiser(options.optimiser).constants))
    return E.left(usageError(`--weight-decay-of is for adamw: ${options.optimiser} has no weight decay`));
  const inVain = withoutEffect(options, [...options.data, ...(options.heldOut ?? [])], kindOf(options, options.data));
  if (inVain !== undefined) return E.left(usageError(inVain));
  const folder = options.run ?? join("runs", basename(file === "-" ? "stdin" : file, ".rnn"));
  // Where nothing is written nothing is in the way.
  const unused = () => (options.dryRun ? E.right(undefined) : withoutRun(folder));
  return pipe(
    unused(),
    E.bind("source", () => readProgram(file)),
    E.bind("start", () => (options.init === undefined ? E.right(undefined) : startIn(options.init))),
    E.map(({ source, start }) => ({
      folder,
      recipe: recipeOf(source, options, options.data!),
      start,
      begin: ({ task, recipe }) =>
        pipe(
          unused(),
          E.map(() => beginTraining(task.compiled, recipe.settings)),
          E.flatMap((begun) => (start === undefined ? E.right(begun) : startedFrom(start, task.compiled.model, begun))),
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

const oldRun = (folder: string, { patience }: TrainOptions): E.Either<Failure, Wanted> => {
  const load = () => pipe(loadRun(folder), E.mapLeft(usageError));
  return pipe(
    load(),
    E.map(({ recipe }) => ({
      folder,
      start: undefined,
      recipe: {
        ...recipe,
        settings: { ...recipe.settings, ...(patience === undefined ? {} : { patience }) },
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
  ...(options.threads === undefined ? {} : { threads: options.threads }),
  ...(options.freeze === undefined ? {} : { freeze: options.freeze }),
  ...(options.without === undefined ? {} : { without: options.without }),
  ...(options.init === undefined ? {} : { init: options.init }),
  settings: settingsOf(options),
  data: dataOf(options, data),
  vocabulary: null,
});

const kindOf = ({ format }: TrainOptions, files: ReadonlyArray<string>): DataPlan["kind"] =>
  format !== undefined || files.every((path) => formatOf(path) !== undefined) ? "examples" : "text";

const dataOf = (options: TrainOptions, files: ReadonlyArray<string>): DataPlan => {
  const pathOf = (path: string): string => (path === "brown" || path === "-" ? path : resolve(path));
  const kind = kindOf(options, files);
  const { heldOut } = options;
  return {
    ...planOf({ ...options, ...(heldOut === undefined ? {} : { heldOut: heldOut.map(pathOf) }) }, kind, options.window),
    files: files.map(pathOf),
    kind,
    streams: options.streams,
    window: options.window ?? 64,
    holdOut: options.holdOut,
  };
};

const settingsOf = (options: TrainOptions): Settings => ({
  optimiser: usualOptimiser(options.optimiser),
  schedule: {
    rate: options.rate,
    decay: options.decay,
    warmup: options.warmup,
    steps: options.steps ?? 1000,
    ...(options.decay === "plateau"
      ? { plateau: { factor: options.decayFactor, evaluations: options.decayPatience } }
      : {}),
  },
  clip: options.clip,
  clipValue: options.clipValue ?? null,
  seed: options.seed,
  ...(options.loss === undefined ? {} : { loss: options.loss }),
  ...(options.weightDecayOf === undefined ? {} : { weightDecayOf: options.weightDecayOf }),
  ...(options.accumulate === undefined ? {} : { accumulate: options.accumulate }),
  ...(options.evaluateEvery === undefined ? {} : { evaluateEvery: options.evaluateEvery }),
  ...(options.patience === undefined ? {} : { patience: options.patience }),
  ...(options.overfit === undefined ? {} : { overfit: options.overfit }),
});
