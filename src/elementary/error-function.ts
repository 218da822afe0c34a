import { decay } from "./exponential.ts";
import type { InDoubles } from "./format.ts";
import { abs, add, atMost, copySign, div, less, mul, neg, number, polynomial, select, sub, type Term } from "./term.ts";

/**
 * 2/√π times the integral of e^(-t²) from 0 to x: an odd polynomial up to 1; beyond, what is missing from 1, of which an error
 * counts for a sixth or less, e^(-x²) times a polynomial in (x - 2) / (x + 2). From 6 on it rounds to 1. Both are minimax, within
 * 2^-60 of the result.
 */
export const errorFunction = (arithmetic: InDoubles, x: Term): Term => {
  const size = abs(x);
  const square = mul(x, x);
  const near = add(size, mul(size, polynomial(square, nearZero)));
  const bounded = atMost(size, number(6));
  const place = div(sub(bounded, number(2)), add(bounded, number(2)));
  const missing = mul(decay(arithmetic, neg(mul(bounded, bounded))), polynomial(place, scaledRest));
  return copySign(select(less(size, number(1)), near, sub(number(1), missing)), x);
};

/** erf(x) / x - 1 in x². */
const nearZero = [
  0.1283791670955126, -0.3761263890318375, 0.11283791670954858, -0.02686617064507292, 0.005223977624781099,
  -0.000854832697875444, 0.00012055331037310662, -1.4925593515998315e-5, 1.6460972951876335e-6, -1.635002654334299e-7,
  1.4657888056009242e-8, -1.1365695343712772e-9, 5.945307779286774e-11,
];

/** e^(x²) (1 - erf(x)). */
const scaledRest = [
  0.25539567631050575, -0.42718584741395677, 0.24165819424246696, -0.07897858101645584, 0.003732892398589466,
  0.006997461790083126, -0.0008471425724591428, -0.0009819765836747828, 4.353531431160203e-5, 0.0001742876970403132,
  2.763085655768925e-5, -2.658708313832558e-5, -1.2622136462753121e-5,
];
