import fc from "fast-check";
import type { CompiledModel, Params } from "../emit/interface.ts";
import { batches, directions, type Packed, parameters, type Sizes } from "./arbitrary.ts";
import { agreesWithDifferences, inner, lossAlong } from "./difference.ts";
import { broken, type Law } from "./law.ts";

/** How a law is tested: the sizes that are drawn, and the greatest error |a-b| / max(1, |a|, |b|) that passes. */
export interface LawOptions extends Partial<Sizes> {
  readonly tolerance?: number;
}

/**
 * The gradient along a direction is the limit of differences of the loss, at any parameters near the initial ones and
 * for any batch. The model must be compiled in f64. Kinks are drawn anew, not failed.
 */
export const gradientAgreesWithDifferences = (
  model: CompiledModel,
  { tolerance = 1e-6, ...sizes }: LawOptions = {},
): Law<[Params, Packed, Params]> =>
  fc.property(parameters(model), batches(model, sizes), directions(model), (params, { batch }, direction) => {
    const derivative = inner(model.gradient(params, batch).gradient, direction);
    const value = lossAlong(model, params, batch, direction);
    const { agrees, difference } = agreesWithDifferences(value, derivative, tolerance);
    if (!agrees) throw broken("the derivative along the direction", derivative, difference);
  });
