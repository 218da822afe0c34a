import type { Training } from "../train/step.ts";
import { countOf } from "../train/tensors.ts";
import { timeText } from "./progress.ts";
import type { Prepared } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";
import { measureOf, stepping } from "./train-and-tell.ts";

/** What a training would be, found by steps that are not kept. */
export const tryOut = (
  terminal: Terminal,
  { json }: { readonly json: boolean },
  prepared: Prepared,
  begun: Training,
): void => {
  const { task, recipe } = prepared;
  const { schedule, accumulate = 1, evaluateEvery } = recipe.settings;
  const measure = measureOf(prepared);
  // The first of each compiles what the engine runs; the second is what there will be.
  const { step } = stepping(prepared, null);
  const stepped = step(begun);
  const stepSeconds = secondsOf(() => step(stepped));
  const heldOut = measure?.(begun.params) ?? null;
  const evaluationSeconds = measure === null ? 0 : secondsOf(() => measure(begun.params));
  const left = Math.max(0, schedule.steps - begun.step);
  const evaluations = evaluateEvery === undefined ? 1 : Math.ceil(left / evaluateEvery) + 1;
  const seconds = left * stepSeconds + evaluations * evaluationSeconds;
  const found = {
    parameters: countOf(begun.params),
    batchesPerEpoch: task.portions,
    steps: left,
    epochs: (schedule.steps * accumulate) / task.portions,
    heldOutExamples: task.heldOut.length,
    loss: stepped.loss,
    heldOut,
    stepSeconds,
    seconds,
  };
  const text = () =>
    [
      `parameters: ${found.parameters}`,
      `batches per epoch: ${task.portions}`,
      `steps: ${left}${begun.step === 0 ? "" : ` after ${begun.step}`} (${Number(found.epochs.toPrecision(3))} epochs)`,
      `before ${begun.step === 0 ? "the first step" : "these"}: ${task.showLoss(stepped.loss)}${heldOut === null ? "" : `, held-out ${task.showLoss(heldOut)}`}`,
      `a step: ${(1000 * stepSeconds).toPrecision(3)} ms`,
      `expected time: ${timeText(seconds)}`,
      "",
    ].join("\n");
  terminal.out(json ? `${JSON.stringify(found)}\n` : text());
};

const secondsOf = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
};
