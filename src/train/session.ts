import { setImmediate } from "node:timers/promises";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { FileProblem } from "./file-problem.ts";
import { diverged, type Training } from "./step.ts";

/** How a session of training is watched, stopped and saved. */
export interface SessionHooks {
  /** After how many steps the training is saved. */
  readonly saveEvery: number;
  readonly save: (training: Training) => E.Either<FileProblem, void>;
  readonly progress: (training: Training) => void;
  readonly interrupted: () => boolean;
  /** Whether a training has come to its end before its last step; by default it never has. */
  readonly isOver?: (training: Training) => boolean;
}

/** `training` is what was last saved. */
export type SessionEnd =
  | { readonly tag: "finished"; readonly training: Training }
  | { readonly tag: "interrupted"; readonly training: Training }
  /** `before` is what the step that diverged began with. */
  | { readonly tag: "diverged"; readonly training: Training; readonly step: number; readonly before: Training }
  /** Nothing was saved if `training` is undefined. */
  | { readonly tag: "unsaved"; readonly training: Training | undefined; readonly problem: FileProblem };

/**
 * Steps until `until` steps are done. Between steps the event loop turns, so that signals are heard. A training that
 * has diverged is never saved: the file keeps the last good one. The first step is taken before anything is saved, so
 * that one which the data make impossible leaves nothing behind.
 */
export const runSession = async (
  step: (training: Training) => Training,
  begun: Training,
  until: number,
  hooks: SessionHooks,
): Promise<SessionEnd> => {
  const first = goesOn(hooks, begun, until) ? step(begun) : undefined;
  return pipe(
    kept(hooks, begun, undefined),
    E.match(
      (end): Promise<SessionEnd> => Promise.resolve(end),
      () => runFrom(step, begun, first, until, hooks),
    ),
  );
};

/** `first` is the step after `begun`, which is saved. */
const runFrom = async (
  step: (training: Training) => Training,
  begun: Training,
  first: Training | undefined,
  until: number,
  hooks: SessionHooks,
): Promise<SessionEnd> => {
  let saved = begun;
  let training = begun;
  for (let after = first; after !== undefined; after = goesOn(hooks, training, until) ? step(training) : undefined) {
    if (diverged(after)) return { tag: "diverged", training: saved, step: after.step, before: training };
    training = after;
    hooks.progress(training);
    const isDue = training.step % hooks.saveEvery === 0 || !goesOn(hooks, training, until);
    await setImmediate();
    const isInterrupted = hooks.interrupted();
    if (isDue || isInterrupted) {
      const problem = kept(hooks, training, saved);
      if (E.isLeft(problem)) return problem.left;
      saved = training;
    }
    if (isInterrupted) return { tag: "interrupted", training };
  }
  return { tag: "finished", training };
};

const goesOn = ({ isOver = () => false }: SessionHooks, training: Training, until: number): boolean =>
  training.step < until && !isOver(training);

const kept = ({ save }: SessionHooks, training: Training, saved: Training | undefined): E.Either<SessionEnd, void> =>
  pipe(
    save(training),
    E.mapLeft((problem) => ({ tag: "unsaved", training: saved, problem })),
  );
