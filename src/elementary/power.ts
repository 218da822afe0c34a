import { fastSum, halves, product, type Sum } from "./exact.ts";
import { exponential } from "./exponential.ts";
import { formats, type InDoubles } from "./format.ts";
import { combined, split } from "./logarithm.ts";
import {
  abs,
  add,
  atLeast,
  atMost,
  copySign,
  div,
  equal,
  less,
  mul,
  neg,
  number,
  polynomial,
  select,
  sub,
  type Term,
} from "./term.ts";

/** x^y: of the size of x, e^(y log |x|), and the sign that a whole y gives. Where it stands on an edge it is as in JavaScript. */
export const power = (arithmetic: InDoubles, x: Term, y: Term): Term => {
  const size = abs(x);
  const [isZero, isInfinite] = [equal(size, number(0)), equal(size, number(Number.POSITIVE_INFINITY))];
  const grows = select(isZero, neg(y), y);
  const edge = select(
    less(number(0), grows),
    number(Number.POSITIVE_INFINITY),
    select(less(grows, number(0)), number(0), number(Number.NaN)),
  );
  const positive = select(
    equal(size, number(1)),
    add(number(1), mul(number(0), y)),
    select(isZero, edge, select(isInfinite, edge, ofSize[arithmetic](size, within(y, largestExponent)))),
  );
  const whole = select(
    isWhole(abs(y)),
    select(isWhole(mul(abs(y), number(0.5))), positive, copySign(positive, x)),
    broken(x, isInfinite, positive),
  );
  return select(equal(y, number(0)), number(1), select(equal(x, x), whole, x));
};

/** A root of what is below 0 is none, but that of infinity. */
const broken = (x: Term, isInfinite: Term, positive: Term): Term =>
  select(less(x, number(0)), select(isInfinite, positive, number(Number.NaN)), positive);

/** Whether a number from 0 on is whole. */
const isWhole = (size: Term): Term => {
  const unit = number(2 ** formats.f64.significandBits);
  return equal(select(less(size, unit), sub(add(size, unit), unit), size), size);
};

/** A number that is not 1 to such a power is 0 or infinite. */
const largestExponent = 2 ** 64;

const within = (x: Term, limit: number): Term => atMost(atLeast(x, number(-limit)), number(limit));

/** x^y for x above 0. */
const ofSize: { readonly [A in InDoubles]: (x: Term, y: Term) => Term } = {
  f64: (x, y) => {
    const log = preciseLogarithm(x);
    const whole = product(y, log.high);
    // What is left of a product beyond the exponential's range is no small number.
    const rest = within(add(whole.low, mul(y, log.low)), 2 ** -40);
    return exponential("f64", whole.high, rest);
  },
  "f32 in f64": (x, y) => {
    const { exponent, significand } = split("f32 in f64", x);
    const log = combined("f32 in f64", exponent, sub(significand, number(1)));
    return exponential("f32 in f64", mul(y, log));
  },
};

/**
 * log x to about 2^-65 of itself, since a power may multiply its error by 745: e ln 2 + 2 artanh s with
 * s = (m - 1) / (m + 1) for x = 2^e m. Of the series s + s^3 (1/3 + s^2 / 5 + …) only what follows 1/3 is taken in doubles.
 */
const preciseLogarithm = (x: Term): Sum => {
  const { exponent, significand: m } = split("f64", x);
  const s = quotient(sub(m, number(1)), add(m, number(1)), sub(m, sub(add(m, number(1)), number(1))));
  const sHalves = halves(s.high);
  const square = product(s.high, s.high, [sHalves, sHalves]);
  const squareLow = add(square.low, mul(mul(number(2), s.high), s.low));
  const series = fastSum(number(third), mul(square.high, polynomial(square.high, odds)));
  const seriesLow = add(series.low, number(thirdLow));
  const inner = product(square.high, series.high);
  const innerLow = add(add(inner.low, mul(square.high, seriesLow)), mul(squareLow, series.high));
  const cube = product(s.high, inner.high, [sHalves, halves(inner.high)]);
  const cubeLow = add(add(cube.low, mul(s.high, innerLow)), mul(s.low, inner.high));
  const half = fastSum(s.high, cube.high);
  const halfLow = add(half.low, add(cubeLow, s.low));
  const [ln2High, ln2Low] = formats.f64.ln2;
  const all = fastSum(mul(exponent, number(ln2High)), mul(number(2), half.high));
  const low = add(mul(number(2), halfLow), mul(exponent, number(ln2Low)));
  return fastSum(all.high, add(all.low, low));
};

/** a / (b + c), where c is what the rounding of b left. */
const quotient = (a: Term, b: Term, c: Term): Sum => {
  const high = div(a, b);
  const back = product(high, b);
  const rest = sub(sub(sub(a, back.high), back.low), mul(high, c));
  return { high, low: div(rest, b) };
};

const third = 1 / 3;
/** 1/3 less that double. */
const thirdLow = third / 2 ** 54;

/** 1/5, 1/7, …: the square of s is below 0.0295. */
const odds = Array.from({ length: 12 }, (_, n) => 1 / (2 * n + 5));
