import { valuesIn } from "../data/examples.ts";
import { portableExp } from "../runtime/elementary.js";
import type { CompiledModel, Example, Params } from "../runtime/interface.ts";
import type { LossScale } from "../transform/batch-loss.ts";

/** By how many the compiled loss of a batch is divided; by default it is the mean. Where nothing is observed it is not. */
export const sharesOf = (scale: LossScale | undefined, examples: number, values: number): number =>
  scale === "perObservation" ? values || 1 : scale === "sum" ? 1 : examples;

/** What the compiled loss of a batch is multiplied by to be that of a predicted value; 1 where none is given, which count nothing. */
export const lossPerValue = (scale: LossScale | undefined, examples: number, values: number): number =>
  values === 0 ? 1 : sharesOf(scale, examples, values) / values;

/** The mean loss in nats per predicted value over examples, `size` of them at a time. */
export const evaluate = (
  compiled: CompiledModel,
  params: Params,
  examples: ReadonlyArray<Example>,
  scale?: LossScale,
  size = 64,
): number => {
  let total = 0;
  let values = 0;
  for (let from = 0; from < examples.length; from += size) {
    const chosen = examples.slice(from, from + size);
    const own = chosen.reduce((sum, example) => sum + valuesIn(compiled.model, example), 0);
    total += compiled.loss(params, compiled.pack(chosen)) * sharesOf(scale, chosen.length, own);
    values += own;
  }
  return total / (values || 1);
};

/** Among so many words, all as probable, a choice would be as hard. */
export const perplexityOf = (nats: number): number => portableExp(nats);

export const bitsOf = (nats: number): number => nats / Math.LN2;
