import fc from "fast-check";
import { type Checkable, lossNear } from "../check/loss-near.ts";
import { noiseOf } from "../check/noise.ts";
import { componentOf, judge, type Size, sizeOf } from "../check/verdict.ts";
import type { Batch, Params, Values } from "../runtime/interface.ts";

/**
 * The derivative of a loss along a direction against differences. `size` is what the derivative is small or large
 * beside: by default itself. At a kink (of relu, abs, max, if) there is no derivative to agree with: the case is drawn
 * anew.
 */
export const agreesWithDifferences = (
  value: (step: number) => number,
  derivative: number,
  tolerance: number,
  size: number = 0,
): { readonly agrees: boolean; readonly difference: number } => {
  const middle = value(0);
  fc.pre(Number.isFinite(middle));
  const noise = noiseOf(value);
  const component = componentOf(derivative, { value, noise });
  const greatest = Math.max(size, sizeOf([component]));
  const { difference, error } = judge(component, bothOf(greatest), tolerance);
  const agrees = error <= tolerance;
  if (!agrees && Number.isFinite(derivative)) fc.pre(!isKink(value, middle, tolerance * greatest + noise / kinkStep));
  return { agrees, difference };
};

const bothOf = (size: number): Size => ({ own: size, whole: size });

/**
 * Whether the slopes on both sides differ. Of a smooth function they come together as the step gets shorter: eight
 * times shorter, eight times closer.
 */
const isKink = (value: (step: number) => number, middle: number, least: number): boolean => {
  const gap = (step: number): number => Math.abs(value(step) - 2 * middle + value(-step)) / step;
  const [wide, narrow] = [gap(kinkStep), gap(kinkStep / 8)];
  return narrow > least && narrow > wide / 4;
};

const kinkStep = 2 ** -17;

/** The loss as a function of how far the parameters move along a direction, with what stands in `stop` held. */
export const lossAlong = (
  model: Checkable,
  params: Params,
  batch: Batch,
  direction: Params,
): ((step: number) => number) => {
  const loss = lossNear(model, { params, batch });
  return (step) => loss({ params: moved(params, direction, step), batch });
};

export const moved = (params: Params, direction: Params, step: number): Params =>
  Object.fromEntries(
    Object.entries(params).map(([path, values]) => [
      path,
      values.map((value, i) => value + step * (direction[path]?.[i] ?? 0)) as Values,
    ]),
  );

/** The inner product of two lists of parameters. */
export const inner = (a: Params, b: Params): number =>
  Object.entries(a).reduce(
    (total, [path, values]) => Array.from(values).reduce((sum, value, i) => sum + value * (b[path]?.[i] ?? 0), total),
    0,
  );

/** What the inner product would be if nothing in it cancelled. */
export const innerSize = (a: Params, b: Params): number => inner(absolute(a), absolute(b));

const absolute = (params: Params): Params =>
  Object.fromEntries(Object.entries(params).map(([path, values]) => [path, values.map(Math.abs) as Values]));
