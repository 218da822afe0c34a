import type { Model } from "../circuit/model.ts";
import { instantiate } from "./instantiate.ts";
import type { Batch, ModelInfo, Params } from "./interface.ts";
import { type CircuitOptions, heldCircuits } from "./module-circuits.ts";
import { type ProgramOptions, programTexts } from "./program.ts";

/** The loss as its gradient at a point sees it: what stands in `stop` keeps the values that it has there. */
export type Holding = (params: Params, batch: Batch) => ((params: Params, batch: Batch) => number) | undefined;

/** Undefined where nothing stands in a `stop`: then that loss is the model's own. */
export const holdingOf = (model: ModelInfo, elaborated: Model, options: CircuitOptions & ProgramOptions): Holding => {
  const circuits = heldCircuits(elaborated, options);
  if (circuits === undefined) return () => undefined;
  const { forward, loss } = instantiate({
    model,
    generation: null,
    exports: ["forward", "loss"],
    ...programTexts({ forward: circuits.values, loss: circuits.held }, options),
  });
  return (at, there) => {
    const held = Object.fromEntries(Object.entries(forward(at, there)).map(([name, { data }]) => [name, data]));
    return (params, batch) => loss(params, { ...batch, values: { ...batch.values, ...held } });
  };
};
