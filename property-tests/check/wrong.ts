import type { Compiled } from "../../src/compile.ts";
import type { Params, Values } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";

/** A loss with gradients of all sizes between 0.01 and 10, times a factor, above a constant. */
export const scaledModel = (factor: number, above = 0): Compiled =>
  compiledProgram(`model M {
  axis t in 1..T
  input x[t] : R[2]
  param W, U, b, small
  h[0] = 0
  h[t] : R[3] = tanh(W h[t-1] + U x[t] + b)
  minimize ${above} + ${factor} * sum[t](sumsq(h[t] - 0.8)) + ${factor} * (2 + 0.01 * small)^2
}`);

/** The model with another gradient. */
export const withGradient = <Model extends Pick<Compiled, "gradient">>(
  model: Model,
  change: (gradient: Params) => Params,
): Model => ({
  ...model,
  gradient: (...given: Parameters<Compiled["gradient"]>) => {
    const found = model.gradient(...given);
    return { ...found, gradient: change(found.gradient) };
  },
});

export const everywhere =
  (change: (value: number) => number) =>
  (gradient: Params): Params =>
    Object.fromEntries(Object.entries(gradient).map(([path, values]) => [path, values.map(change) as Values]));

export const ofPath =
  (path: string, change: (value: number, flat: number, all: Values) => number) =>
  (gradient: Params): Params => ({
    ...gradient,
    [path]: gradient[path]!.map((value, flat) => change(value, flat, gradient[path]!)) as Values,
  });

/** Of the element that is the greatest. */
export const ofGreatest = (path: string, change: (value: number) => number): ((gradient: Params) => Params) =>
  ofPath(path, (value, _, all) => (Math.abs(value) === Math.max(...Array.from(all, Math.abs)) ? change(value) : value));
