import { valuesIn } from "../data/examples.ts";
import type { CompiledModel, Example, Params } from "../runtime/interface.ts";

/** The mean loss in nats per predicted value over examples, `size` of them at a time. */
export const evaluate = (
  compiled: CompiledModel,
  params: Params,
  examples: ReadonlyArray<Example>,
  size = 64,
): number => {
  let total = 0;
  let values = 0;
  for (let from = 0; from < examples.length; from += size) {
    const chosen = examples.slice(from, from + size);
    total += compiled.loss(params, compiled.pack(chosen)) * chosen.length;
    values += chosen.reduce((sum, example) => sum + valuesIn(compiled.model, example), 0);
  }
  return total / values;
};

export const bitsOf = (nats: number): number => nats / Math.LN2;
