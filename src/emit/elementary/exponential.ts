import type { Precision } from "../interface.ts";
import { formats } from "./format.ts";
import { add, atLeast, atMost, div, mul, number, polynomial, powerOfTwo, sub, type Term } from "./term.ts";

/**
 * e^x = 2^k e^r with |r| <= ln 2 / 2. The power is put on in two halves, so that neither leaves the normal numbers; beyond
 * the range all is as at its ends, where the result is 0 or infinite.
 */
export const exponential = (precision: Precision, x: Term): Term => {
  const { exponentialRange } = formats[precision];
  const [low, high] = exponentialRange;
  const { k, lessOne } = reduced(precision, atMost(atLeast(x, number(low)), number(high)));
  const half = rounded(precision, mul(k, number(0.5)));
  return mul(mul(add(number(1), lessOne), powerOfTwo(half)), powerOfTwo(sub(k, half)));
};

/** e^x for x up to 0: what is put on second, for results that are not normal numbers, is a constant. */
export const decay = (precision: Precision, x: Term): Term => {
  const { exponentialRange, significandBits } = formats[precision];
  const { k, lessOne } = reduced(precision, atLeast(x, number(exponentialRange[0])));
  const raised = powerOfTwo(add(k, number(significandBits + 1)));
  return mul(mul(add(number(1), lessOne), raised), number(2 ** -(significandBits + 1)));
};

/** e^x as long as 2^k is a normal number. */
export const moderateExponential = (precision: Precision, x: Term): Term => {
  const { k, lessOne } = reduced(precision, x);
  return mul(add(number(1), lessOne), powerOfTwo(k));
};

/** e^x - 1 for such x from 0 on: 2^k (e^r - 1) + (2^k - 1). */
export const exponentialLessOne = (precision: Precision, x: Term): Term => {
  const { k, lessOne } = reduced(precision, x);
  const power = powerOfTwo(k);
  return add(mul(power, lessOne), sub(power, number(1)));
};

/** The integer k nearest x / ln 2, and e^r - 1 for the rest r = x - k ln 2. */
const reduced = (precision: Precision, x: Term): { readonly k: Term; readonly lessOne: Term } => {
  const [ln2High, ln2Low] = formats[precision].ln2;
  const k = rounded(precision, mul(x, number(Math.LOG2E)));
  const high = sub(x, mul(k, number(ln2High)));
  const low = mul(k, number(ln2Low));
  const r = sub(high, low);
  return { k, lessOne: add(sub(beyondLinear[precision](r), low), high) };
};

const rounded = (precision: Precision, x: Term): Term => {
  const rounder = number(formats[precision].rounder);
  return sub(add(x, rounder), rounder);
};

/** e^r - 1 - r. Single precision: Cephes' expf; double: the rational function of FreeBSD's e_exp.c. */
const beyondLinear: { readonly [P in Precision]: (r: Term) => Term } = {
  f32: (r) => {
    const square = mul(r, r);
    const series = polynomial(
      r,
      [5.0000001201e-1, 1.6666665459e-1, 4.1665795894e-2, 8.3334519073e-3, 1.3981999507e-3, 1.98756915e-4],
      square,
    );
    return mul(square, series);
  },
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
