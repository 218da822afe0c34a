import type { Pointwise } from "../circuit.ts";
import { pointwiseValues } from "../pointwise.ts";
import { anything, between, mayBeZero, only, type Range, truth, union } from "./range.ts";

type Rule = (x: Range, z: Range, w: Range) => Range;

/** A function that nowhere falls, and is finite wherever its operand is. */
const rising =
  (fn: Pointwise): Rule =>
  (x) =>
    between(x.finite, pointwiseValues[fn](x.least, 0, 0), pointwiseValues[fn](x.greatest, 0, 0));

/** A product of bounds: nothing is unbounded that meets 0. */
const bound = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);

const product: Rule = (x, z) =>
  between(
    x.finite && z.finite,
    bound(x.least, z.least),
    bound(x.least, z.greatest),
    bound(x.greatest, z.least),
    bound(x.greatest, z.greatest),
  );

const comparison: Rule = () => truth;
const wave: Rule = (x) => ({ least: -1, greatest: 1, finite: x.finite });

/** The greatest number whose exponential is finite in single precision, and a little less. */
const greatestExponent = 88;

const exponential =
  (fn: "exp" | "expm1"): Rule =>
  (x) => ({ ...rising(fn)(x, x, x), finite: x.finite && x.greatest <= greatestExponent });

/** Where the values of each function lie, given where its operands do. */
export const pointwiseRanges: { readonly [P in Pointwise]: Rule } = {
  neg: (x) => ({ least: -x.greatest, greatest: -x.least, finite: x.finite }),
  add: (x, z) => between(x.finite && z.finite, x.least + z.least, x.greatest + z.greatest),
  sub: (x, z) => between(x.finite && z.finite, x.least - z.greatest, x.greatest - z.least),
  mul: product,
  times: product,
  div: (x, z) => (mayBeZero(z) ? anything : product(x, between(z.finite, 1 / z.least, 1 / z.greatest), z)),
  pow: (x, z) => (z.least === z.greatest ? powerOf(x, z.least) : anything),
  mod: (x, z) => (z.least > 0 ? { least: 0, greatest: z.greatest, finite: x.finite && z.finite } : anything),
  exp: exponential("exp"),
  expm1: exponential("expm1"),
  log: (x) => (x.least > 0 ? rising("log")(x, x, x) : anything),
  log1p: (x) => (x.least > -1 ? rising("log1p")(x, x, x) : anything),
  sqrt: (x) => (x.least >= 0 ? rising("sqrt")(x, x, x) : { ...anything, least: 0 }),
  sin: wave,
  cos: wave,
  atan: rising("atan"),
  erf: rising("erf"),
  tanh: rising("tanh"),
  sigmoid: rising("sigmoid"),
  softplus: rising("softplus"),
  min: (x, z) => ({
    least: Math.min(x.least, z.least),
    greatest: Math.min(x.greatest, z.greatest),
    finite: x.finite && z.finite,
  }),
  max: (x, z) => ({
    least: Math.max(x.least, z.least),
    greatest: Math.max(x.greatest, z.greatest),
    finite: x.finite && z.finite,
  }),
  less: comparison,
  lessEqual: comparison,
  equal: comparison,
  not: comparison,
  and: comparison,
  or: comparison,
  select: (_, z, w) => union(z, w),
  stop: (x) => x,
};

/** By squaring, which is the same on every machine; a power between two whole ones lies between theirs. */
const wholePower = (x: number, exponent: number): number => {
  let [result, square] = [1, x];
  for (let left = Math.abs(exponent); left > 0 && left < Number.POSITIVE_INFINITY; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return exponent < 0 ? 1 / result : result;
};

/** x to the power of a number. */
export const powerOf = (x: Range, exponent: number): Range => {
  if (exponent === 0) return only(1);
  const wholes = [Math.floor(exponent), Math.ceil(exponent)];
  const ends = [x.least, x.greatest].flatMap((end) => wholes.map((whole) => wholePower(end, whole)));
  if (x.least > 0 || (x.least >= 0 && exponent > 0)) return between(x.finite, ...ends);
  if (!Number.isInteger(exponent) || exponent < 0) return anything;
  return exponent % 2 === 0 ? { least: 0, greatest: Math.max(...ends), finite: x.finite } : between(x.finite, ...ends);
};
