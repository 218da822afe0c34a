import { type Model, trainedOf } from "../circuit/model.ts";
import { directionName } from "../circuit/own-names.ts";
import { type Compiled, compileModel } from "../compile.ts";
import { type Settings, settingsOf } from "../module/settings.ts";
import type { Batch, Gradient, Params } from "../runtime/interface.ts";
import { alongDirection } from "../transform/along-direction.ts";

/**
 * The product of the Hessian of the mean loss with a direction, by parameter path: the gradient of the gradient's inner
 * product with the direction (Pearlmutter 1994). The adjoint of a circuit is a circuit, and is differentiated again. In
 * double precision and JavaScript, unless the options say otherwise.
 */
export const hessianVector = (model: Pick<Compiled, "elaborated">, options: Machine = {}): HessianVector => {
  const directional = directionalModel(model.elaborated, options);
  const trained = trainedOf(model.elaborated);
  return (params, batch, direction) => {
    const { gradient } = directional.gradient({ ...params, ...underNames(direction) }, batch);
    return Object.fromEntries(trained.map(({ path }) => [path, gradient[path]!]));
  };
};

/** What computes it. */
type Machine = Partial<Pick<Settings, "target" | "precision">>;

export type HessianVector = (params: Params, batch: Batch, direction: Gradient) => Gradient;

/** The model whose loss is the derivative of a model's loss along a direction; by default in double precision. */
const directionalModel = (model: Model, machine: Machine = {}): Compiled =>
  compileModel(settingsOf({ precision: "f64", ...machine }))(alongDirection(model));

const underNames = (direction: Gradient): Params =>
  Object.fromEntries(Object.entries(direction).map(([path, values]) => [directionName(path), values]));
