import fc from "fast-check";
import type { Batch, CompiledModel, Params, Values } from "../emit/interface.ts";

/**
 * The derivative of a loss along a direction against central differences. Where a kink (of relu, abs, max, if) lies
 * inside a step, the difference of that step is no derivative, but that of a shorter one is; a wrong gradient agrees
 * with none. At the kink itself there is no derivative to agree with: the case is drawn anew.
 */
export const agreesWithDifferences = (
  value: (step: number) => number,
  derivative: number,
  tolerance: number,
): { readonly agrees: boolean; readonly difference: number } => {
  const middle = value(0);
  fc.pre(Number.isFinite(middle));
  const differences = steps.map((step) => (value(step) - value(-step)) / (2 * step));
  const best = differences.reduce((a, b) => (relativeError(derivative, b) < relativeError(derivative, a) ? b : a));
  const agrees = relativeError(derivative, best) <= tolerance;
  if (!agrees) fc.pre(!isKink(value, middle, tolerance));
  return { agrees, difference: best };
};

const steps = [1e-5, 1e-6, 1e-4, 1e-7];

/** |a-b| / max(1, |a|, |b|). */
export const relativeError = (a: number, b: number): number => Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b));

/**
 * Whether the slopes on both sides differ. Of a smooth function they come together as the step gets shorter: eight
 * times shorter, eight times closer.
 */
const isKink = (value: (step: number) => number, middle: number, tolerance: number): boolean => {
  const gap = (step: number): number => Math.abs(value(step) - 2 * middle + value(-step)) / step;
  const [wide, narrow] = [gap(kinkStep), gap(kinkStep / 8)];
  return narrow > tolerance && narrow > wide / 4;
};

const kinkStep = 1e-5;

/** The loss as a function of how far the parameters move along a direction. */
export const lossAlong =
  ({ loss }: CompiledModel, params: Params, batch: Batch, direction: Params) =>
  (step: number): number =>
    loss(moved(params, direction, step), batch);

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
