import { argument, div, mul, number, type Term } from "./term.ts";

/** Whole exponents up to here are taken by squaring; beyond, the power by the logarithm is more exact. */
const mostFactors = 64;

export const isWholePower = (exponent: number): boolean =>
  Number.isInteger(exponent) && Math.abs(exponent) <= mostFactors;

/** x^n by squaring, as a term in x. */
export const wholePower = (exponent: number): Term =>
  exponent < 0 ? div(number(1), wholePower(-exponent)) : exponent === 0 ? number(1) : ofFactors(argument, exponent);

const ofFactors = (x: Term, count: number): Term => {
  if (count === 1) return x;
  const even = ofFactors(mul(x, x), Math.floor(count / 2));
  return count % 2 === 0 ? even : mul(even, x);
};
