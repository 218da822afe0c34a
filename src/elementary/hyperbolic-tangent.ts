import { coarseExponential, exponentialLessOne } from "./exponential.ts";
import { type Arithmetic, formats } from "./format.ts";
import { abs, add, atMost, copySign, div, less, mul, number, polynomial, select, sub, type Term } from "./term.ts";

/** t / (t + 2) with t = e^(2|x|) - 1: no cancellation near 0, where t is accurate. */
const byExponential =
  (arithmetic: Arithmetic) =>
  (x: Term): Term => {
    const t = exponentialLessOne(arithmetic, double(arithmetic, x));
    return copySign(div(t, add(t, number(2))), x);
  };

/** The hyperbolic tangent; from some size on it rounds to 1, and the exponential is not asked for more. */
export const hyperbolicTangent: { readonly [A in Arithmetic]: (x: Term) => Term } = {
  /** Near 0 an odd polynomial; beyond, 1 - 2 / (e^(2|x|) + 1), where an error of the quotient counts for half or less. */
  f32: (x) => {
    const size = abs(x);
    const square = mul(x, x);
    const near = add(size, mul(mul(size, square), polynomial(square, nearZero)));
    const quotient = div(number(2), add(coarseExponential("f32", double("f32", x)), number(1)));
    return copySign(select(less(size, number(0.625)), near, sub(number(1), quotient)), x);
  },
  f64: byExponential("f64"),
  "f32 in f64": byExponential("f32 in f64"),
};

/** (tanh x - x) / x^3 in x^2: minimax, within 4.4e-9 of tanh x up to 0.625. */
const nearZero = [-0.33333281, 0.13331442, -0.053739715, 0.020639086, -0.005704986];

/** 2 |x|, or the limit beyond which the result is 1. */
const double = (arithmetic: Arithmetic, x: Term): Term => {
  const limit = number(formats[arithmetic].hyperbolicLimit);
  const size = abs(x);
  return atMost(add(size, size), limit);
};
