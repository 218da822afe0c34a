import type { Model } from "../circuit/model.ts";
import type { Batch, ModelInfo, Params } from "../runtime/interface.ts";
import { type CircuitSettings, heldCircuits } from "./circuits.ts";
import { instantiate } from "./instantiate.ts";
import type { ProgramSettings, ProgramTexts } from "./programs.ts";

/** The loss as its gradient at a point sees it: what stands in `stop` keeps the values that it has there. */
export type Holding = (params: Params, batch: Batch) => ((params: Params, batch: Batch) => number) | undefined;

/** Undefined where nothing stands in a `stop`: then that loss is the model's own. `textsOf` compiles what is held. */
export const holdingOf = <Asked extends CircuitSettings & ProgramSettings>(
  model: ModelInfo,
  elaborated: Model,
  settings: Asked,
  textsOf: <Circuits extends object>(circuits: Circuits, settings: Asked) => ProgramTexts<Circuits>,
): Holding => {
  const circuits = heldCircuits(elaborated, settings);
  if (circuits === undefined) return () => undefined;
  const { forward, loss } = instantiate({
    model,
    generation: null,
    exports: ["forward", "loss"],
    ...textsOf({ forward: circuits.values, loss: circuits.held }, settings),
  });
  return (at, there) => {
    const held = Object.fromEntries(Object.entries(forward(at, there)).map(([name, { data }]) => [name, data]));
    return (params, batch) => loss(params, { ...batch, values: { ...batch.values, ...held } });
  };
};
