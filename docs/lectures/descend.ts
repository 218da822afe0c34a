import { type Dice, diceOf, times } from "../../examples/tasks/dice.ts";
import type { Compiled } from "../../src/compile.ts";
import type { Example, Params, StepOptions, Trainer } from "../../src/runtime/interface.ts";

/** How a lecture trains where it looks at every step: the same settings and seed give the same bits. */
export interface Descent extends Omit<StepOptions, "state"> {
  readonly steps: number;
  readonly batch: number;
  readonly seed: number;
}

/** One step of a training. */
export interface Descended {
  readonly step: number;
  /** In nats per example, before the step. */
  readonly loss: number;
  /** Of the gradient, before it was clipped. */
  readonly norm: number;
}

/** Steps on batches that are drawn from the examples; `watch` sees each, and may say that it is enough. */
export const descend = (
  compiled: Compiled,
  examples: ReadonlyArray<Example>,
  { steps, batch, seed, ...options }: Descent,
  watch: (done: Descended, trainer: Trainer) => boolean = () => false,
): Params => {
  const trainer = compiled.trainer(compiled.init(seed));
  const dice: Dice = diceOf(seed);
  for (let step = 1; step <= steps; step += 1) {
    const chosen = times(batch, () => dice.pick(examples));
    const { loss, norm } = trainer.step(compiled.pack(chosen), options);
    if (watch({ step, loss, norm }, trainer)) break;
  }
  return trainer.params();
};
