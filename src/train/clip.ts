import type { Params } from "../emit/interface.ts";
import { norm, scaled } from "./tensors.ts";

/** Scales a gradient down to the norm `limit` if it is longer (Pascanu, Mikolov and Bengio 2013). */
export const clipByNorm = (limit: number, gradient: Params): Params => {
  const length = norm(gradient);
  return length > limit ? scaled(limit / length, gradient) : gradient;
};
