import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { evaluate } from "../train/evaluate.ts";
import { explainFileProblem } from "../train/file-problem.ts";
import { explainLockProblem, lockFolder } from "../train/lock.ts";
import { shapesOf } from "../train/run.ts";
import { saveRun } from "../train/run-folder.ts";
import { runSession, type SessionEnd } from "../train/session.ts";
import { type Training, trainStep } from "../train/step.ts";
import { type Failure, usageError } from "./failure.ts";
import { startProgress } from "./progress.ts";
import type { Prepared } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";

export interface TrainingJob {
  readonly folder: string;
  /** What the training begins with, asked for once the folder is its own. */
  readonly begin: () => E.Either<Failure, Training>;
  readonly prepared: Prepared;
  readonly saveEvery: number;
}

export interface Trained {
  readonly training: Training;
  /** The moving average of the training loss, in nats per value. */
  readonly loss: number;
  /** In nats per value; null if nothing is held out. */
  readonly heldOut: number | null;
}

/**
 * Trains to the recipe's last step, tells how it comes on, saves, and measures; Ctrl-C saves and stops. No other training
 * writes into the folder meanwhile.
 */
export const trainAndTell = async (terminal: Terminal, job: TrainingJob): Promise<E.Either<Failure, Trained>> => {
  const interruption = heedInterruptions();
  const release = lockFolder(job.folder);
  try {
    return await pipe(
      release,
      E.mapLeft((problem) => usageError(explainLockProblem(problem))),
      E.flatMap(job.begin),
      E.match(
        (failure) => Promise.resolve(E.left(failure)),
        (begun) => trainFrom(terminal, job, begun, interruption.heard),
      ),
    );
  } finally {
    if (E.isRight(release)) release.right();
    interruption.ignore();
  }
};

const trainFrom = async (
  terminal: Terminal,
  job: TrainingJob,
  begun: Training,
  interrupted: () => boolean,
): Promise<E.Either<Failure, Trained>> => {
  const { folder, saveEvery } = job;
  const { recipe, task } = job.prepared;
  const { compiled, feed, unit, showLoss } = task;
  const { steps } = recipe.settings.schedule;
  const progress = startProgress(terminal, { begun, steps, unit, showLoss, valuesPerStep: feed(begun.cursor).values });
  const end = await runSession(trainStep(compiled, recipe.settings, feed), begun, steps, {
    saveEvery,
    save: (training) => saveRun(folder, { recipe, training, shapes: shapesOf(compiled.model) }),
    progress: progress.show,
    interrupted,
  }).finally(progress.stop);
  return pipe(
    finished(folder, end),
    E.map((training) => {
      terminal.err(`Saved ${folder} after ${training.step} steps.\n`);
      const heldOut =
        task.heldOut.length === 0 ? null : evaluate(compiled, training.params, task.heldOut, recipe.settings.loss);
      return { training, loss: training.average, heldOut };
    }),
  );
};

/** What has come of a session that did not end early. */
const finished = (folder: string, end: SessionEnd): E.Either<Failure, Training> => {
  switch (end.tag) {
    case "finished":
      return E.right(end.training);
    case "interrupted":
      return E.left({
        tag: "interrupted",
        text: `Interrupted after step ${end.training.step}. Go on with: rnnc train --resume ${folder}\n`,
      });
    case "diverged":
      return E.left({
        tag: "diverged",
        text: `Training diverged in step ${end.step}: the loss or a parameter is no finite number. ${folder} holds the state after step ${end.training.step}; a lower --rate or --clip may help.\n`,
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

/** A second interruption ends the process at once. */
const heedInterruptions = (): { readonly heard: () => boolean; readonly ignore: () => void } => {
  let heard = false;
  const hear = (): void => {
    if (heard) process.exit(130);
    heard = true;
  };
  process.on("SIGINT", hear);
  process.on("SIGTERM", hear);
  return {
    heard: () => heard,
    ignore: () => {
      process.off("SIGINT", hear);
      process.off("SIGTERM", hear);
    },
  };
};
