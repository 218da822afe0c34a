import type { Precision } from "../interface.ts";
import { exponentialLessOne, moderateExponential } from "./exponential.ts";
import { formats } from "./format.ts";
import { abs, add, atMost, copySign, div, less, mul, number, polynomial, select, sub, type Term } from "./term.ts";

/** The hyperbolic tangent; from some size on it rounds to 1, and the exponential is not asked for more. */
export const hyperbolicTangent: { readonly [P in Precision]: (x: Term) => Term } = {
  /** Near 0 the odd polynomial of Cephes' tanhf; beyond, 1 - 2 / (e^(2|x|) + 1). */
  f32: (x) => {
    const square = mul(x, x);
    const near = add(x, mul(mul(x, square), polynomial(square, nearZero)));
    const quotient = div(number(2), add(moderateExponential("f32", double("f32", x)), number(1)));
    return select(less(abs(x), number(0.625)), near, copySign(sub(number(1), quotient), x));
  },
  /** t / (t + 2) with t = e^(2|x|) - 1: no cancellation near 0, where t is accurate. */
  f64: (x) => {
    const t = exponentialLessOne("f64", double("f64", x));
    return copySign(div(t, add(t, number(2))), x);
  },
};

const nearZero = [-3.33332819422e-1, 1.33314422036e-1, -5.37397155531e-2, 2.06390887954e-2, -5.70498872745e-3];

/** 2 |x|, or the limit beyond which the result is 1. */
const double = (precision: Precision, x: Term): Term => {
  const limit = number(formats[precision].hyperbolicLimit);
  const size = abs(x);
  return atMost(add(size, size), limit);
};
