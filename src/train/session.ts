import { setImmediate } from "node:timers/promises";
import { diverged, type Training } from "./step.ts";

/** How a session of training is watched, stopped and saved. */
export interface SessionHooks {
  /** After how many steps the training is saved. */
  readonly saveEvery: number;
  readonly save: (training: Training) => void;
  readonly progress: (training: Training) => void;
  readonly interrupted: () => boolean;
}

/** `training` is what was last saved. */
export type SessionEnd =
  | { readonly tag: "finished"; readonly training: Training }
  | { readonly tag: "interrupted"; readonly training: Training }
  | { readonly tag: "diverged"; readonly training: Training; readonly step: number };

/**
 * Steps until `until` steps are done. Between steps the event loop turns, so that signals are heard. A training that
 * has diverged is never saved: the file keeps the last good one. Nothing is saved before a step has been done: what
 * cannot be trained on leaves no run behind.
 */
export const runSession = async (
  step: (training: Training) => Training,
  begun: Training,
  until: number,
  { saveEvery, save, progress, interrupted }: SessionHooks,
): Promise<SessionEnd> => {
  let saved: Training | undefined;
  let training = begun;
  const keep = (): void => {
    save(training);
    saved = training;
  };
  while (training.step < until) {
    const after = step(training);
    if (saved === undefined) keep();
    if (diverged(after)) return { tag: "diverged", training: saved ?? begun, step: after.step };
    training = after;
    progress(training);
    if (training.step % saveEvery === 0) keep();
    await setImmediate();
    if (interrupted()) {
      keep();
      return { tag: "interrupted", training };
    }
  }
  keep();
  return { tag: "finished", training };
};
