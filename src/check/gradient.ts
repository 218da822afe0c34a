import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Batch, CompiledModel, Params, Values } from "../emit/interface.ts";
import { type LengthRange, randomExample } from "./random-example.ts";

/** What is checked: the seed fixes parameters, lengths and values. */
export interface GradientCheck {
  readonly seed: number;
  /** How many examples the batch holds (their lengths differ). */
  readonly examples: number;
  readonly lengths: LengthRange;
  /** Of a larger parameter, so many elements are picked at random. */
  readonly elements: number;
  /** The greatest error |a-b| / max(1, |a|, |b|) that passes. */
  readonly tolerance: number;
}

export const defaultGradientCheck: GradientCheck = {
  seed: 1,
  examples: 3,
  lengths: { least: 1, greatest: 5 },
  elements: 100,
  tolerance: 1e-6,
};

/** One element of the gradient beside its central difference. */
export interface Comparison {
  readonly path: string;
  readonly index: ReadonlyArray<number>;
  readonly gradient: number;
  readonly difference: number;
  readonly error: number;
}

export interface GradientReport {
  readonly passed: boolean;
  readonly seed: number;
  readonly compared: number;
  readonly loss: number;
  /** Null if the model has no parameters. */
  readonly worst: Comparison | null;
}

/**
 * Compares the gradient of a model compiled in f64 with central differences of its loss, at random parameters near the
 * initial ones and a random batch.
 */
export const checkGradient = (compiled: CompiledModel, check: Partial<GradientCheck> = {}): GradientReport => {
  const { seed, examples, lengths, elements, tolerance } = { ...defaultGradientCheck, ...check };
  const generator = xoroshiro128plus(seed);
  const params = nearby(compiled.init(seed), generator);
  const batch = compiled.pack(
    Array.from({ length: examples }, () => randomExample(compiled.model, generator, lengths)),
  );
  const { loss, gradient } = compiled.gradient(params, batch);
  const comparisons = compiled.model.params.flatMap(({ path, shape }) =>
    picked(generator, params[path]!.length, elements).map((flat) => {
      const value = gradient[path]![flat]!;
      return { path, index: unflatten(shape, flat), ...closest(value, compiled, params, batch, path, flat) };
    }),
  );
  const worst = comparisons.reduce<Comparison | null>((a, b) => (a === null || !(b.error <= a.error) ? b : a), null);
  const passed = Number.isFinite(loss) && (worst === null || worst.error <= tolerance);
  return { passed, seed, compared: comparisons.length, loss, worst };
};

// Where a kink (of relu, abs, max, if) lies inside a step no difference of that step is a derivative; a shorter one is.
const steps = [1e-5, 1e-6, 1e-4, 1e-7];

/** The difference that agrees best; a wrong gradient agrees with none. */
const closest = (
  gradient: number,
  compiled: CompiledModel,
  params: Params,
  batch: Batch,
  path: string,
  flat: number,
): { readonly gradient: number; readonly difference: number; readonly error: number } => {
  const compare = (step: number) => {
    const difference = centralDifference(compiled, params, batch, path, flat, step);
    return { gradient, difference, error: relativeError(gradient, difference) };
  };
  const first = compare(steps[0]!);
  if (first.error <= 1e-8) return first;
  return steps
    .slice(1)
    .map(compare)
    .reduce((a, b) => (b.error < a.error ? b : a), first);
};

const centralDifference = (
  { loss }: CompiledModel,
  params: Params,
  batch: Batch,
  path: string,
  flat: number,
  step: number,
): number => {
  const value = params[path]![flat]!;
  const at = (changed: number): number => loss({ ...params, [path]: withElement(params[path]!, flat, changed) }, batch);
  const above = value + step;
  const below = value - step;
  return (at(above) - at(below)) / (above - below);
};

export const relativeError = (a: number, b: number): number => Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b));

/** Parameters moved off their initial values, where zeros and symmetries would hide mistakes. */
const nearby = (params: Params, generator: RandomGenerator): Params =>
  Object.fromEntries(
    Object.entries(params).map(([path, values]) => [
      path,
      values.map((value) => value + 0.8 * uniformFloat64(generator) - 0.4) as Values,
    ]),
  );

const withElement = (values: Values, flat: number, value: number): Values => {
  const changed = values.slice() as Values;
  changed[flat] = value;
  return changed;
};

const picked = (generator: RandomGenerator, count: number, most: number): ReadonlyArray<number> =>
  count <= most
    ? Array.from({ length: count }, (_, i) => i)
    : Array.from({ length: most }, () => uniformInt(generator, 0, count - 1));

const unflatten = (shape: ReadonlyArray<number>, flat: number): ReadonlyArray<number> =>
  shape.map((size, i) => Math.floor(flat / shape.slice(i + 1).reduce((a, b) => a * b, 1)) % size);
