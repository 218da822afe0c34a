import type { Params } from "../runtime/interface.ts";
import { mapParams, norm, scaled } from "./tensors.ts";

/** Scales a gradient down to the norm `limit` if it is longer (Pascanu, Mikolov and Bengio 2013). */
export const clipByNorm = (limit: number, gradient: Params): Params => {
  const length = norm(gradient);
  return length > limit ? scaled(limit / length, gradient) : gradient;
};

/** Bounds every element of a gradient by `limit`: its direction may change, and a small element never grows. */
export const clipByValue = (limit: number, gradient: Params): Params =>
  mapParams(gradient, (values) => values.map((value) => Math.max(-limit, Math.min(limit, value))) as typeof values);
