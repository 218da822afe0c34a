import * as E from "fp-ts/lib/Either.js";
import { evaluate } from "../train/evaluate.ts";
import { saveRun } from "../train/run.ts";
import { runSession } from "../train/session.ts";
import { type Training, trainStep } from "../train/step.ts";
import type { Failure } from "./failure.ts";
import { startProgress } from "./progress.ts";
import type { Prepared } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";

export interface TrainingJob {
  readonly folder: string;
  readonly begun: Training;
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

/** Trains to the recipe's last step, tells how it comes on, saves, and measures; Ctrl-C saves and stops. */
export const trainAndTell = async (
  terminal: Terminal,
  { folder, begun, prepared: { recipe, task }, saveEvery }: TrainingJob,
): Promise<E.Either<Failure, Trained>> => {
  const { compiled, feed, heldOut, unit, showLoss } = task;
  const { steps } = recipe.settings.schedule;
  const progress = startProgress(terminal, { begun, steps, unit, showLoss, valuesPerStep: feed(begun.cursor).values });
  const interruption = heedInterruptions();
  const end = await runSession(trainStep(compiled, recipe.settings, feed), begun, steps, {
    saveEvery,
    save: (training) => saveRun(folder, { recipe, training }),
    progress: progress.show,
    interrupted: interruption.heard,
  }).finally(() => {
    progress.stop();
    interruption.ignore();
  });
  const { training } = end;
  switch (end.tag) {
    case "finished":
      terminal.err(`Saved ${folder} after ${training.step} steps.\n`);
      return E.right({
        training,
        loss: training.average,
        heldOut: heldOut.length === 0 ? null : evaluate(compiled, training.params, heldOut),
      });
    case "interrupted":
      return E.left({
        tag: "interrupted",
        text: `Interrupted after step ${training.step}. Go on with: rnnc train --resume ${folder}\n`,
      });
    case "diverged":
      return E.left({
        tag: "diverged",
        text: `Training diverged in step ${end.step}: the loss or a parameter is no finite number. ${folder} holds the state after step ${training.step}; a lower --rate or --clip may help.\n`,
      });
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
