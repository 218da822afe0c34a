import type { Pointwise } from "../../src/circuit/circuit.ts";
import { pointwiseValues } from "../../src/circuit/pointwise.ts";

/**
 * A number that moves along several directions at once: of k directions the 2^k mixed derivatives, by the set of
 * directions as a binary number. So [v, a, b, c] is the value, its slopes along the first and the second direction, and
 * its slope along both.
 */
export type HyperDual = ReadonlyArray<number>;

export const still = (value: number, directions: number): HyperDual => [
  value,
  ...Array.from({ length: 2 ** directions - 1 }, () => 0),
];

export const addition = (x: HyperDual, z: HyperDual): HyperDual => x.map((each, i) => each + z[i]!);

/** The halves: what does not move along the last direction, and the slope along it. */
const halves = (x: HyperDual): readonly [HyperDual, HyperDual] => [x.slice(0, x.length / 2), x.slice(x.length / 2)];

const scaled = (by: number, x: HyperDual): HyperDual => x.map((each) => by * each);
const plain = (value: number, like: HyperDual): HyperDual => still(value, Math.log2(like.length));

const isStill = (x: HyperDual): boolean => x.slice(1).every((each) => each === 0);

const product = (x: HyperDual, z: HyperDual): HyperDual => {
  if (x.length === 1) return [x[0]! * z[0]!];
  const [[x0, x1], [z0, z1]] = [halves(x), halves(z)];
  return [...product(x0, z0), ...addition(product(x0, z1), product(x1, z0))];
};

/** In which zero absorbs, as it does in what is differentiated. */
const absorbing = (x: HyperDual, z: HyperDual): HyperDual =>
  x.every((each) => each === 0) || z.every((each) => each === 0) ? plain(0, x) : product(x, z);

type Function = (x: HyperDual) => HyperDual;

/** f(a + b e) = f(a) + f'(a) b e, with `slope` for f', which moves along the other directions itself. */
const extended =
  (fn: (x: number) => number, slope: Function): Function =>
  (x) => {
    if (x.length === 1) return [fn(x[0]!)];
    const [x0, x1] = halves(x);
    return [...extended(fn, slope)(x0), ...absorbing(slope(x0), x1)];
  };

const minus: Function = (x) => scaled(-1, x);
const one = (x: HyperDual): HyperDual => plain(1, x);
const square: Function = (x) => product(x, x);
const lessSquare = (x: HyperDual): HyperDual => addition(one(x), minus(square(x)));

const exp: Function = extended(Math.exp, (x) => exp(x));
const inverse: Function = extended(
  (x) => 1 / x,
  (x) => minus(square(inverse(x))),
);
const log: Function = extended(Math.log, inverse);
const sqrt: Function = extended(Math.sqrt, (x) => scaled(0.5, inverse(sqrt(x))));
const sin: Function = extended(Math.sin, (x) => cos(x));
const cos: Function = extended(Math.cos, (x) => minus(sin(x)));
const tanh: Function = extended(Math.tanh, (x) => lessSquare(tanh(x)));
const sigmoid: Function = extended(
  (x) => 1 / (1 + Math.exp(-x)),
  (x) => product(sigmoid(x), addition(one(x), minus(sigmoid(x)))),
);
const softplus: Function = extended((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), sigmoid);

const power = (x: HyperDual, z: HyperDual): HyperDual => {
  if (!isStill(z)) return exp(product(z, log(x)));
  const [exponent = 0] = z;
  if (exponent === 0) return one(x);
  return extended(
    (value) => value ** exponent,
    (value) => scaled(exponent, power(value, plain(exponent - 1, value))),
  )(x);
};

const quotient = (x: HyperDual, z: HyperDual): HyperDual => {
  const value = product(x, inverse(z));
  return x.length === 1 ? [x[0]! / z[0]!] : value;
};

const chosen =
  (isFirst: (x: number, z: number) => boolean) =>
  (x: HyperDual, z: HyperDual): HyperDual => {
    if (x[0] === z[0]) return scaled(0.5, addition(x, z));
    return isFirst(x[0]!, z[0]!) ? x : z;
  };

export const greatest = (all: ReadonlyArray<HyperDual>, none: HyperDual): HyperDual => {
  const most = Math.max(Number.NEGATIVE_INFINITY, ...all.map(([value]) => value!));
  const attaining = all.filter(([value]) => value === most);
  return attaining.length === 0 ? none : scaled(1 / attaining.length, attaining.reduce(addition));
};

type Rule = (x: HyperDual, z: HyperDual, w: HyperDual) => HyperDual;

const asTruth =
  (fn: Pointwise): Rule =>
  (x, z = x, w = x) =>
    plain(pointwiseValues[fn](x[0]!, z[0]!, w[0]!), x);

/** Every function of a circuit, of numbers that move. */
export const moving: { readonly [P in Pointwise]: Rule } = {
  neg: minus,
  add: addition,
  sub: (x, z) => addition(x, minus(z)),
  mul: product,
  mod: asTruth("mod"),
  times: absorbing,
  div: quotient,
  pow: power,
  exp,
  expm1: (x) => [Math.expm1(x[0]!), ...exp(x).slice(1)],
  log,
  log1p: extended(Math.log1p, (x) => inverse(addition(one(x), x))),
  atan: extended(Math.atan, (x) => inverse(addition(one(x), product(x, x)))),
  erf: extended(
    (x) => pointwiseValues.erf(x, x, x),
    (x) => scaled(2 / Math.sqrt(Math.PI), exp(minus(product(x, x)))),
  ),
  sqrt,
  sin,
  cos,
  tanh,
  sigmoid,
  softplus,
  min: chosen((x, z) => x < z),
  max: chosen((x, z) => x > z),
  less: asTruth("less"),
  lessEqual: asTruth("lessEqual"),
  equal: asTruth("equal"),
  not: asTruth("not"),
  and: asTruth("and"),
  or: asTruth("or"),
  select: (x, z, w) => (x[0] !== 0 ? z : w),
  stop: (x) => plain(x[0]!, x),
};
