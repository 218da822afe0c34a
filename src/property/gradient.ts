import fc from "fast-check";
import type { Checkable } from "../check/loss-near.ts";
import type { Params } from "../runtime/interface.ts";
import { batches, directions, type Packed, parameters, type Sizes } from "./arbitrary.ts";
import { agreesWithDifferences, inner, innerSize, lossAlong } from "./difference.ts";
import { broken, type Law, mustBeInDoubles } from "./law.ts";

/**
 * How a law is tested: the sizes that are drawn, and the greatest error that passes, relative to the size of what is
 * compared, beyond what rounding may do.
 */
export interface LawOptions extends Partial<Sizes> {
  readonly tolerance?: number;
}

/**
 * The gradient is finite, and along a direction the limit of differences of the loss, at any parameters near the initial
 * ones and for any batch; what stands in `stop` is held. The model must be compiled in f64. Kinks are drawn anew, not
 * failed.
 */
export const gradientAgreesWithDifferences = (
  model: Checkable,
  { tolerance = 1e-6, ...sizes }: LawOptions = {},
): Law<[Params, Packed, Params]> => {
  mustBeInDoubles(model);
  return fc.property(parameters(model), batches(model, sizes), directions(model), (params, { batch }, direction) => {
    const { loss, gradient } = model.gradient(params, batch);
    if (Number.isFinite(loss)) mustBeFinite(gradient);
    const derivative = inner(gradient, direction);
    const value = lossAlong(model, params, batch, direction);
    const size = innerSize(gradient, direction);
    const { agrees, difference } = agreesWithDifferences(value, derivative, tolerance, size);
    if (!agrees) throw broken("the derivative along the direction", derivative, difference);
  });
};

const mustBeFinite = (gradient: Params): void => {
  for (const [path, values] of Object.entries(gradient)) {
    const place = values.findIndex((value) => !Number.isFinite(value));
    if (place >= 0) throw broken(`the gradient by ${path} (component ${place})`, values[place], "a finite number");
  }
};
