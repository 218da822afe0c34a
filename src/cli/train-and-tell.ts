import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { evaluate } from "../train/evaluate.ts";
import { explainFileProblem, type FileProblem } from "../train/file-problem.ts";
import { explainLockProblem, lockFolder } from "../train/lock.ts";
import { type Log, openLog } from "../train/log.ts";
import { shapesOf } from "../train/run.ts";
import { saveRun } from "../train/run-folder.ts";
import { rateAt } from "../train/schedule.ts";
import { runSession, type SessionEnd } from "../train/session.ts";
import { type Training, trainStep } from "../train/step.ts";
import { isDue, isOutOfPatience, measuredAtEnd, watched, watching } from "../train/watch.ts";
import { explainDivergence } from "./divergence.ts";
import { type Failure, usageError } from "./failure.ts";
import { startProgress } from "./progress.ts";
import { heedStops, type Stopping } from "./stopping.ts";
import type { Prepared } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";

export interface TrainingJob {
  readonly folder: string;
  /** What the training begins with, asked for once the folder is its own. */
  readonly begin: () => E.Either<Failure, Training>;
  readonly prepared: Prepared;
  readonly saveEvery: number;
  /** After so many seconds it is saved and stops. */
  readonly maxTime?: number | undefined;
}

/** A training at its end, with what was measured of it. */
export type Trained = Training;

/**
 * Trains to the recipe's last step, tells how it comes on, saves, and measures; Ctrl-C saves and stops. No other training
 * writes into the folder meanwhile.
 */
export const trainAndTell = async (terminal: Terminal, job: TrainingJob): Promise<E.Either<Failure, Trained>> => {
  const stopping = heedStops(job.maxTime);
  const release = lockFolder(job.folder);
  try {
    return await pipe(
      release,
      E.mapLeft((problem) => usageError(explainLockProblem(problem))),
      E.flatMap(job.begin),
      E.match(
        (failure) => Promise.resolve(E.left(failure)),
        (begun) => trainFrom(terminal, job, begun, stopping),
      ),
    );
  } finally {
    if (E.isRight(release)) release.right();
    stopping.ignore();
  }
};

/** What is held out, measured as the training's own losses are; null if nothing is. */
export const measureOf = ({ task, recipe }: Prepared): ((params: Training["params"]) => number) | null =>
  task.heldOut.length === 0 ? null : (params) => evaluate(task.compiled, params, task.heldOut, recipe.settings.loss);

/** A step with the evaluation that is due, and a training that has not begun with the one before its first step. */
export const stepping = (
  prepared: Prepared,
  measure = measureOf(prepared),
): { readonly step: (training: Training) => Training; readonly first: (begun: Training) => Training } => {
  const { task, recipe } = prepared;
  const { settings } = recipe;
  const step = trainStep(task.compiled, settings, task.feed);
  if (measure === null) return { step, first: (begun) => begun };
  return {
    step: watching(settings, measure, step),
    first: (begun) =>
      begun.step === 0 && isDue(settings, begun) ? watched(settings, begun, measure(begun.params)) : begun,
  };
};

const trainFrom = async (
  terminal: Terminal,
  job: TrainingJob,
  saved: Training,
  stopping: Stopping,
): Promise<E.Either<Failure, Trained>> => {
  const { folder, saveEvery, prepared } = job;
  const { recipe, task } = prepared;
  const { settings } = recipe;
  const { steps } = settings.schedule;
  const measure = measureOf(prepared);
  const { step, first } = stepping(prepared, measure);
  const begun = first(saved);
  const { examples, values } = task.feed(begun.cursor);
  const batches = settings.accumulate ?? 1;
  const progress = startProgress(terminal, {
    begun,
    steps,
    ...(task.unit === "value"
      ? { unit: "example", perStep: examples.length * batches }
      : { unit: task.unit, perStep: values * batches }),
    showLoss: task.showLoss,
  });
  const log = logging(folder, begun, (training) => rateAt(settings.schedule, training.step, training.watch.plateaus));
  const isAtEnd = (training: Training) => training.step >= steps || isOutOfPatience(settings, training);
  const shapes = shapesOf(task.compiled.model);
  const save = (training: Training) => saveRun(folder, { recipe, training, shapes });
  const end = await runSession(step, begun, steps, {
    saveEvery,
    save,
    progress: (training) => {
      // The last one's line waits for what is measured of it.
      if (!isAtEnd(training)) log(training);
      progress.show(training);
    },
    interrupted: () => stopping.isInterrupted() || stopping.isOutOfTime(),
    isOver: (training) => isOutOfPatience(settings, training),
  }).finally(progress.stop);
  return pipe(
    finished(job, end, stopping),
    E.flatMap((training) => {
      const isStopped = end.tag === "interrupted";
      const measured = measure === null || isStopped ? training : measuredAtEnd(training, measure);
      return pipe(
        measured === training ? E.right(undefined) : save(measured),
        E.bimap(
          (problem) => usageError(explainFileProblem(problem)),
          () => {
            if (isAtEnd(measured) && measured.step > begun.step) log(measured);
            terminal.err(endText(job, measured, isStopped));
            return measured;
          },
        ),
      );
    }),
  );
};

/**
 * The log begins with the first step, once a state is saved. A line that cannot be written is none: what counts is the
 * run, which says so itself where there is no room.
 */
const logging = (
  folder: string,
  begun: Training,
  rateOf: (training: Training) => number,
): ((training: Training) => void) => {
  let log: E.Either<FileProblem, Log> | undefined;
  return (training) => {
    if (log === undefined) {
      log = openLog(folder, begun);
      if (E.isRight(log) && begun.step === 0) log.right.add(begun, null);
    }
    if (E.isRight(log)) log.right.add(training, rateOf(training));
  };
};

const endText = ({ folder, prepared }: TrainingJob, training: Training, isStopped: boolean): string => {
  const { settings } = prepared.recipe;
  const { step, watch } = training;
  const saved = `Saved ${folder} after ${step} steps.\n`;
  if (isStopped) return `${saved}The time is up. Go on with: rnnc train --resume ${folder}\n`;
  return isOutOfPatience(settings, training) && step < settings.schedule.steps
    ? `${saved}Stopped early: ${watch.vain} evaluations were no better than the one after step ${watch.best?.step ?? 0}.\n`
    : saved;
};

/** What has come of a session that did not end early. */
const finished = (
  { folder, prepared }: TrainingJob,
  end: SessionEnd,
  stopping: Stopping,
): E.Either<Failure, Training> => {
  switch (end.tag) {
    case "finished":
      return E.right(end.training);
    case "interrupted":
      return stopping.isInterrupted()
        ? E.left({
            tag: "interrupted",
            text: `Interrupted after step ${end.training.step}. Go on with: rnnc train --resume ${folder}\n`,
          })
        : E.right(end.training);
    case "diverged":
      return E.left({
        tag: "diverged",
        text: `Training diverged in step ${end.step}: the loss, the norm of its gradient or a parameter is no finite number. ${folder} holds the state after step ${end.training.step}; a lower --rate or --clip may help.\n${explainDivergence(prepared, end.before)}`,
      });
    case "unsaved":
      return E.left(
        usageError(
          end.training === undefined
            ? explainFileProblem(end.problem)
            : `${explainFileProblem(end.problem)}. ${folder} holds the state after step ${end.training.step}: go on with --resume ${folder}`,
        ),
      );
  }
};
