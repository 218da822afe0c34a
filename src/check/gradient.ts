import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Params, Values } from "../runtime/interface.ts";
import { type Element, elementsOf, withElement } from "./element.ts";
import { type Checkable, lossNear, type Point } from "./loss-near.ts";
import { noiseOf } from "./noise.ts";
import { type LengthRange, randomExample } from "./random-example.ts";
import { type Component, componentOf, isHidden, judge, sizeOf, type Verdict } from "./verdict.ts";

/** What is checked: the seed fixes parameters, lengths and values. */
export interface GradientCheck {
  readonly seed: number;
  /** How many examples the batch holds (their lengths differ). */
  readonly examples: number;
  readonly lengths: LengthRange;
  /** Of a larger parameter, so many elements are picked at random. */
  readonly elements: number;
  /**
   * The greatest error that passes: how far gradient and difference are apart beyond what rounding of the loss may do,
   * relative to the greater of them, or to a thousandth of the greatest element of the same parameter.
   */
  readonly tolerance: number;
}

export const defaultGradientCheck: GradientCheck = {
  seed: 1,
  examples: 3,
  lengths: { least: 1, greatest: 5 },
  elements: 100,
  tolerance: 1e-6,
};

/** One element of the gradient beside its difference. */
export type Comparison = Element & Verdict;

export interface GradientReport {
  readonly passed: boolean;
  readonly seed: number;
  readonly compared: number;
  /** Of how many of them the rounding of the loss hides so much that a wrong one might not be seen; if of all, the check fails. */
  readonly hidden: number;
  readonly loss: number;
  /** Null if there is nothing to compare. */
  readonly worst: Comparison | null;
}

/**
 * Compares the gradient of a model compiled in f64 with differences of its loss, at random parameters near the initial
 * ones and a random batch: by parameters, and by the inputs that it was compiled to have a gradient by. What stands in
 * `stop` is held. Where the loss depends on nothing, other values are drawn, for there is nothing to be seen.
 */
export const checkGradient = (compiled: Checkable, check: Partial<GradientCheck> = {}): GradientReport => {
  const asked = { ...defaultGradientCheck, ...check };
  const generator = xoroshiro128plus(asked.seed);
  const initial = compiled.init(asked.seed);
  let drawn = checkedAt(compiled, asked, initial, generator);
  for (let i = 1; i < mostDraws && drawn.isFlat; i += 1) drawn = checkedAt(compiled, asked, initial, generator);
  return drawn.report;
};

/** A word in a hundred may be what is asked for. */
const mostDraws = 20;

/** At the next values of a generator; flat is a loss whose slopes and differences are all 0. */
const checkedAt = (
  compiled: Checkable,
  { seed, examples, lengths, elements, tolerance }: GradientCheck,
  initial: Params,
  generator: RandomGenerator,
): { readonly report: GradientReport; readonly isFlat: boolean } => {
  const params = nearby(initial, generator);
  const batch = compiled.pack(
    Array.from({ length: examples }, () => randomExample(compiled.model, generator, lengths)),
  );
  const { loss, gradient } = compiled.gradient(params, batch);
  const groups = elementsOf(compiled.model, batch, gradient).map((group) => picked(generator, group, elements));
  const { comparisons, whole } = compared(
    { params, batch },
    gradient,
    groups,
    lossNear(compiled, { params, batch }),
    tolerance,
  );
  const worst = comparisons.reduce<Comparison | null>((a, b) => (a === null || isWorse(b, a) ? b : a), null);
  const isFlat = whole === 0 && worst !== null && Number.isFinite(worst.error);
  const hidden = isFlat ? 0 : comparisons.filter((comparison) => isHidden(comparison, whole)).length;
  const isSeen = isFlat || hidden < comparisons.length;
  const passed = Number.isFinite(loss) && (worst === null || (worst.error <= tolerance && isSeen));
  return { report: { passed, seed, compared: comparisons.length, hidden, loss, worst }, isFlat };
};

/** Of two with the same error, the one with the greater slope tells more. */
const isWorse = (one: Comparison, other: Comparison): boolean =>
  one.error > other.error || (one.error === other.error && Math.abs(one.gradient) > Math.abs(other.gradient));

/** The elements of one parameter or input are measured by the greatest of them. */
const compared = (
  here: Point,
  gradient: Params,
  groups: ReadonlyArray<ReadonlyArray<Element>>,
  loss: (at: Point) => number,
  tolerance: number,
): { readonly comparisons: ReadonlyArray<Comparison>; readonly whole: number } => {
  const noise = noiseOf((step) =>
    loss(groups.flat().reduce((at, element, i) => withElement(at, element, i % 2 === 0 ? step : -step), here)),
  );
  const components = groups.map((group) =>
    group.map((element): Component => {
      const value = (step: number): number => loss(withElement(here, element, step));
      return componentOf(gradient[element.path]![element.flat]!, { value, noise });
    }),
  );
  const whole = sizeOf(components.flat());
  const comparisons = components.flatMap((group, i) => {
    const size = { own: sizeOf(group), whole };
    return group.map((component, j) => ({ ...groups[i]![j]!, ...judge(component, size, tolerance) }));
  });
  return { comparisons, whole };
};

/** Parameters moved off their initial values, where zeros and symmetries would hide mistakes. */
/** Parameters away from what they start as, so that none is 0 by chance. */
export const nearby = (params: Params, generator: RandomGenerator): Params =>
  Object.fromEntries(
    Object.entries(params).map(([path, values]) => [
      path,
      values.map((value) => value + 0.8 * uniformFloat64(generator) - 0.4) as Values,
    ]),
  );

const picked = (generator: RandomGenerator, group: ReadonlyArray<Element>, most: number): ReadonlyArray<Element> =>
  group.length <= most ? group : Array.from({ length: most }, () => group[uniformInt(generator, 0, group.length - 1)]!);

/** |a-b| / max(1, |a|, |b|), for numbers that are about 1. */
export const relativeError = (a: number, b: number): number => Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b));
