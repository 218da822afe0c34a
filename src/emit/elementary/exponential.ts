import type { Precision } from "../interface.ts";
import { formats } from "./format.ts";
import { add, div, less, mul, number, polynomial, powerOfTwo, select, sub, type Term } from "./term.ts";

/** e^x = 2^k e^r with |r| <= ln 2 / 2. The power is put on in two halves, so that neither leaves the normal numbers. */
export const exponential = (precision: Precision, x: Term): Term => {
  const { exponentialRange } = formats[precision];
  const [low, high] = exponentialRange;
  const { k, lessOne } = reduced(precision, x);
  const half = rounded(precision, mul(k, number(0.5)));
  const value = mul(mul(add(number(1), lessOne), powerOfTwo(half)), powerOfTwo(sub(k, half)));
  return select(
    less(x, number(low)),
    number(0),
    select(less(number(high), x), number(Number.POSITIVE_INFINITY), value),
  );
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
  f32: (r) =>
    mul(
      mul(r, r),
      polynomial(
        r,
        [5.0000001201e-1, 1.6666665459e-1, 4.1665795894e-2, 8.3334519073e-3, 1.3981999507e-3, 1.98756915e-4],
      ),
    ),
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
