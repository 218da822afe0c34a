/** A value with its derivative along a direction of the parameters: all that the plain equations compute with. */
export interface Num {
  readonly value: number;
  readonly slope: number;
}
export type Vec = ReadonlyArray<Num>;
export type Mat = ReadonlyArray<Vec>;

export const number = (value: number, slope = 0): Num => ({ value, slope });

export const add = (...terms: ReadonlyArray<Num>): Num =>
  terms.reduce((a, b) => number(a.value + b.value, a.slope + b.slope), number(0));
export const sub = (a: Num, b: Num): Num => number(a.value - b.value, a.slope - b.slope);
export const mul = (a: Num, b: Num): Num => number(a.value * b.value, a.slope * b.value + a.value * b.slope);
export const div = (a: Num, b: Num): Num =>
  number(a.value / b.value, (a.slope * b.value - a.value * b.slope) / b.value ** 2);
export const neg = (a: Num): Num => sub(number(0), a);
export const abs = (a: Num): Num => (a.value >= 0 ? a : neg(a));
export const greater = (a: Num, b: Num): Num => (a.value >= b.value ? a : b);

const pointwise =
  (value: (x: number) => number, slope: (x: number) => number) =>
  (x: Num): Num =>
    number(value(x.value), slope(x.value) * x.slope);
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

export const exp = pointwise(Math.exp, Math.exp);
export const log = pointwise(Math.log, (x) => 1 / x);
export const sqrt = pointwise(Math.sqrt, (x) => 0.5 / Math.sqrt(x));
export const sin = pointwise(Math.sin, Math.cos);
export const tanh = pointwise(Math.tanh, (x) => 1 / Math.cosh(x) ** 2);
export const sigmoid = pointwise(logistic, (x) => logistic(x) * logistic(-x));

export const dot = (a: Vec, b: Vec): Num => add(...a.map((each, i) => mul(each, b[i]!)));
/** A matrix times a vector. */
export const times = (A: Mat, x: Vec): Vec => A.map((row) => dot(row, x));
export const each = (f: (...of: ReadonlyArray<Num>) => Num, ...vectors: ReadonlyArray<Vec>): Vec =>
  vectors[0]!.map((_, i) => f(...vectors.map((vector) => vector[i]!)));
export const plus = (...vectors: ReadonlyArray<Vec>): Vec => each(add, ...vectors);
export const hadamard = (a: Vec, b: Vec): Vec => a.map((value, i) => mul(value, b[i]!));
export const scaled = (a: Num, x: Vec): Vec => x.map((value) => mul(a, value));
export const zeros = (size: number): Vec => Array.from({ length: size }, () => number(0));
/** `keep` of the old, the rest of the new. */
export const blend = (keep: Vec, old: Vec, fresh: Vec): Vec =>
  keep.map((k, i) => add(mul(k, old[i]!), mul(sub(number(1), k), fresh[i]!)));
export const softmax = (scores: Vec): Vec => {
  const powers = scores.map(exp);
  const total = add(...powers);
  return powers.map((power) => div(power, total));
};
/** The sum of vectors, each times its weight. */
export const mixture = (weights: Vec, vectors: ReadonlyArray<Vec>): Vec =>
  plus(...vectors.map((vector, i) => scaled(weights[i]!, vector)));
