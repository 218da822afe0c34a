import { directionName, movementName } from "../circuit/own-names.ts";
import { type Compiled, compileModel } from "../compile.ts";
import { type Settings, settingsOf } from "../module/settings.ts";
import type { Batch, Outputs, Params, Values } from "../runtime/interface.ts";
import { tangentModel } from "../transform/forward/models.ts";

/** What computes it, and by which inputs, besides the parameters, results are differentiated. */
export interface ForwardOptions extends Partial<Pick<Settings, "target" | "precision">> {
  readonly wrt?: ReadonlyArray<string>;
}

/** The slopes of every output and of the mean loss. */
export interface Slopes {
  readonly outputs: Outputs;
  readonly loss: number;
}

/** Directions by parameter path, and by name of an input as a batch has it; what is left out does not move. */
export type JacobianVector = (params: Params, batch: Batch, direction: Params) => Slopes;

/**
 * The product of the Jacobian of a model's results with a direction, in one pass forward that keeps nothing: a program of its
 * own, compiled as the model is. In double precision and JavaScript, unless the options say otherwise.
 */
export const jvp = (
  model: Pick<Compiled, "elaborated">,
  { wrt = [], ...machine }: ForwardOptions = {},
): JacobianVector => {
  const { elaborated } = model;
  const moved = { parameters: elaborated.parameters.map(({ path }) => path), inputs: wrt };
  const compiled = compileModel(settingsOf({ precision: "f64", ...machine }))(tangentModel(elaborated, moved));
  const hasLoss = elaborated.circuit.outputs.some(({ role }) => role === "loss");
  return (params, batch, direction) => {
    const along = (values: Values, name: string): Values => direction[name] ?? values.map(() => 0);
    const paths = Object.entries(params).map(([path, values]) => [directionName(path), along(values, path)]);
    const inputs = wrt.map((name) => [movementName(name), along(batch.values[name]!, name)]);
    const all: Params = { ...params, ...Object.fromEntries(paths) };
    const given: Batch = { ...batch, values: { ...batch.values, ...Object.fromEntries(inputs) } };
    return { outputs: compiled.forward(all, given), loss: hasLoss ? compiled.loss(all, given) : 0 };
  };
};
