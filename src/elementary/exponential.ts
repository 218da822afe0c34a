import { type Arithmetic, type Format, formats } from "./format.ts";
import {
  add,
  atLeast,
  atMost,
  div,
  equal,
  less,
  mul,
  number,
  polynomial,
  powerCounted,
  select,
  sub,
  type Term,
} from "./term.ts";

/**
 * e^x = 2^k e^r with |r| <= ln 2 / 2. The power is put on in two halves, so that neither leaves the normal numbers; beyond
 * the range all is as at its ends, where the result is 0 or infinite. Of a sum, `rest` is what its rounding left.
 */
export const exponential = (arithmetic: Arithmetic, x: Term, rest?: Term): Term => {
  const { exponentialRange } = formats[arithmetic];
  const [low, high] = exponentialRange;
  const { k, lessOne } = reduced(arithmetic, atMost(atLeast(x, number(low)), number(high)), { rest });
  const { integer: half, power } = rounded(arithmetic, mul(k, number(0.5)), 0);
  const otherPower = rounded(arithmetic, sub(k, half), 0).power;
  return mul(mul(add(number(1), lessOne), power), otherPower);
};

/** e^x for x up to 0: what is put on second, for results that are not normal numbers, is a constant. */
export const decay = (arithmetic: Arithmetic, x: Term): Term => {
  const { exponentialRange, significandBits } = formats[arithmetic];
  const raise = significandBits + 1;
  const { power, lessOne } = reduced(arithmetic, atLeast(x, number(exponentialRange[0])), { raise });
  return mul(mul(add(number(1), lessOne), power), number(2 ** -raise));
};

/**
 * scale (1 + e^x) for x from 0 to the range's size, where scale is so small a power of two that this stays finite. Taken
 * as p + (scale + p (e^r - 1)) with p = scale 2^k: one rounding of a large sum, where e^x alone would be another.
 */
export const onePlusExponential = (arithmetic: Arithmetic, x: Term): { readonly sum: Term; readonly scale: Term } => {
  const raise = -formats[arithmetic].significandBits - 2;
  const scale = number(2 ** raise);
  const { power, lessOne } = reduced(arithmetic, x, { raise });
  return { sum: add(power, add(scale, mul(power, lessOne))), scale };
};

/**
 * e^x for x from 0 to the hyperbolic limit, with ln 2 as a single number: the relative error grows with x, but slower than
 * 1 / e^x falls.
 */
export const coarseExponential = (arithmetic: Arithmetic, x: Term): Term => {
  const { power, lessOne } = reduced(arithmetic, x, { ln2: [Math.LN2, 0] });
  return mul(add(number(1), lessOne), power);
};

/** e^x - 1 for x of at most the hyperbolic limit's size: 2^k (e^r - 1) + (2^k - 1). */
export const exponentialLessOne = (arithmetic: Arithmetic, x: Term): Term => {
  const { power, lessOne } = reduced(arithmetic, x);
  return add(mul(power, lessOne), sub(power, number(1)));
};

/**
 * e^x - 1 for all x. Below the hyperbolic limit's negation it rounds to -1; above the limit, what is taken from e^x is
 * lost in rounding.
 */
export const exponentialMinusOne = (arithmetic: Arithmetic, x: Term): Term => {
  const limit = number(formats[arithmetic].hyperbolicLimit);
  const within = atMost(atLeast(x, number(-formats[arithmetic].hyperbolicLimit)), limit);
  const value = select(less(limit, x), exponential(arithmetic, x), exponentialLessOne(arithmetic, within));
  // A zero keeps its sign.
  return select(equal(x, number(0)), x, value);
};

interface Reduction {
  readonly raise?: number;
  readonly ln2?: Format["ln2"];
  readonly rest?: Term | undefined;
}

/** The integer k nearest x / ln 2, 2^(k + raise), and e^r - 1 for the rest r = x - k ln 2. */
const reduced = (
  arithmetic: Arithmetic,
  x: Term,
  { raise = 0, ln2 = formats[arithmetic].ln2, rest }: Reduction = {},
): { readonly k: Term; readonly power: Term; readonly lessOne: Term } => {
  const [ln2High, ln2Low] = ln2;
  const { integer: k, power } = rounded(arithmetic, mul(x, number(Math.LOG2E)), raise);
  const high = sub(x, mul(k, number(ln2High)));
  if (ln2Low === 0 && rest === undefined) return { k, power, lessOne: add(beyondLinear[arithmetic](high), high) };
  const low = rest === undefined ? mul(k, number(ln2Low)) : sub(mul(k, number(ln2Low)), rest);
  const r = sub(high, low);
  return { k, power, lessOne: add(sub(beyondLinear[arithmetic](r), low), high) };
};

/** The integer k nearest x, and 2^(k + raise): in the last places of x and a large number k is counted. */
const rounded = (arithmetic: Arithmetic, x: Term, raise: number): { readonly integer: Term; readonly power: Term } => {
  const { rounder, bias } = formats[arithmetic];
  const zero = number(rounder + bias + raise);
  const counted = add(x, zero);
  return { integer: sub(counted, zero), power: powerCounted(counted) };
};

/** In single precision: minimax, within 3.1e-9 of e^r. */
const beyondLinearBySeries = (r: Term): Term => {
  const square = mul(r, r);
  const series = polynomial(r, [0.49999994, 0.16666521, 0.04166839, 0.0083687166, 0.0013814599], square);
  return mul(square, series);
};

/** e^r - 1 - r; in double precision by the rational function of FreeBSD's e_exp.c. */
const beyondLinear: { readonly [A in Arithmetic]: (r: Term) => Term } = {
  f32: beyondLinearBySeries,
  "f32 in f64": beyondLinearBySeries,
  f64: (r) => {
    const square = mul(r, r);
    const c = sub(
      r,
      mul(
        square,
        polynomial(
          square,
          [
            0.16666666666666602, -0.0027777777777015593, 6.613756321437934e-5, -1.6533902205465252e-6,
            4.1381367970572385e-8,
          ],
        ),
      ),
    );
    return div(mul(r, c), sub(number(2), c));
  },
};
