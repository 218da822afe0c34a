import type { Params, Values } from "../runtime/interface.ts";

/** Pointwise functions of parameters; every result is a new one. */
export const mapParams = (params: Params, f: (values: Values, path: string) => Values): Params =>
  Object.fromEntries(Object.entries(params).map(([path, values]) => [path, f(values, path)]));

/** The Euclidean norm of all parameters as one vector. */
export const norm = (params: Params): number => {
  let total = 0;
  for (const values of Object.values(params)) for (const value of values) total += value * value;
  return Math.sqrt(total);
};

export const countOf = (params: Params): number =>
  Object.values(params).reduce((total, { length }) => total + length, 0);
