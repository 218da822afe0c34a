import { type Arithmetic, formats } from "./format.ts";
import {
  add,
  div,
  equal,
  exponentOf,
  less,
  mul,
  number,
  polynomial,
  select,
  significandOf,
  sub,
  type Term,
} from "./term.ts";

/** log x = e ln 2 + log m for x = 2^e m. */
export const logarithm = (arithmetic: Arithmetic, x: Term): Term => {
  const { exponent, significand } = split(arithmetic, x);
  const value = combined(arithmetic, exponent, sub(significand, number(1)));
  const positive = select(less(x, number(Number.POSITIVE_INFINITY)), value, x);
  const others = select(equal(x, number(0)), number(Number.NEGATIVE_INFINITY), number(Number.NaN));
  return select(less(number(0), x), positive, others);
};

/** The e and the m of a positive number; a denormal one is first made normal. */
export const split = (arithmetic: Arithmetic, x: Term): { readonly exponent: Term; readonly significand: Term } => {
  const { leastNormal, significandBits } = formats[arithmetic];
  const isDenormal = less(x, number(leastNormal));
  const normal = select(isDenormal, mul(x, number(2 ** significandBits)), x);
  const exponent = sub(exponentOf(normal), select(isDenormal, number(significandBits), number(0)));
  return { exponent, significand: significandOf(normal) };
};

/** log(1 + x), where what 1 + x rounds away is added again as a part of it. */
export const logarithmOfOneMore = (arithmetic: Arithmetic, x: Term): Term => {
  const one = number(1);
  const u = add(one, x);
  const lost = select(less(x, one), sub(x, sub(u, one)), sub(one, sub(u, x)));
  const value = logarithmNearOne(arithmetic, u, div(lost, u));
  const edge = select(equal(x, number(-1)), number(Number.NEGATIVE_INFINITY), number(Number.NaN));
  const within = select(less(x, number(Number.POSITIVE_INFINITY)), select(less(number(-1), x), value, edge), x);
  // A zero keeps its sign.
  return select(equal(x, number(0)), x, within);
};

/** The same where x is known to be a normal number. */
export const logarithmNearOne = (arithmetic: Arithmetic, x: Term, rest?: Term): Term =>
  combined(arithmetic, exponentOf(x), sub(significandOf(x), number(1)), rest);

/** e ln 2 + log(1 + f), and a rest, the small parts first. */
export const combined = (arithmetic: Arithmetic, e: Term, f: Term, rest?: Term): Term => {
  const [ln2High, ln2Low] = formats[arithmetic].ln2;
  const halfSquare = mul(number(0.5), mul(f, f));
  const low = rest === undefined ? mul(e, number(ln2Low)) : add(mul(e, number(ln2Low)), rest);
  const small = sub(add(beyondSquare[arithmetic](f, halfSquare), low), halfSquare);
  return add(add(f, small), mul(e, number(ln2High)));
};

/** The series in f / (2 + f) of FreeBSD's e_log.c. */
const inDoubles = (f: Term, halfSquare: Term): Term => {
  const s = div(f, add(number(2), f));
  const z = mul(s, s);
  const series = polynomial(
    z,
    [
      0.6666666666666735, 0.3999999999940942, 0.2857142874366239, 0.22222198432149784, 0.1818357216161805,
      0.15313837699209373, 0.14798198605116586,
    ],
  );
  return mul(s, add(halfSquare, mul(z, series)));
};

/** log(1 + f) - f + f^2 / 2. Single precision: Cephes' logf. */
const beyondSquare: { readonly [A in Arithmetic]: (f: Term, halfSquare: Term) => Term } = {
  f32: (f) =>
    mul(
      mul(f, mul(f, f)),
      polynomial(
        f,
        [
          3.3333331174e-1, -2.4999993993e-1, 2.0000714765e-1, -1.6668057665e-1, 1.4249322787e-1, -1.2420140846e-1,
          1.167699874e-1, -1.151461031e-1, 7.0376836292e-2,
        ],
      ),
    ),
  f64: inDoubles,
  "f32 in f64": inDoubles,
};
