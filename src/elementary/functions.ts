import type { Elementary } from "../circuit/circuit.ts";
import { arcTangent } from "./arc-tangent.ts";
import { errorFunction } from "./error-function.ts";
import { decay, exponential, exponentialMinusOne, onePlusExponential } from "./exponential.ts";
import { type Arithmetic, formats, type InDoubles } from "./format.ts";
import { hyperbolicTangent } from "./hyperbolic-tangent.ts";
import { logarithm, logarithmNearOne, logarithmOfOneMore } from "./logarithm.ts";
import { power } from "./power.ts";
import { remainder } from "./remainder.ts";
import { sine } from "./sine.ts";
import {
  abs,
  add,
  atMost,
  div,
  less,
  neg,
  number,
  select,
  sub,
  type Term,
  argument as x,
  secondArgument as y,
} from "./term.ts";

/** A function as a term in its arguments, and what it is computed in. */
export interface Computed {
  readonly arithmetic: Arithmetic;
  readonly term: Term;
}

const wherever = (arithmetic: Arithmetic) => ({
  exp: { arithmetic, term: exponential(arithmetic, x) },
  expm1: { arithmetic, term: exponentialMinusOne(arithmetic, x) },
  log: { arithmetic, term: logarithm(arithmetic, x) },
  log1p: { arithmetic, term: logarithmOfOneMore(arithmetic, x) },
  tanh: { arithmetic, term: hyperbolicTangent[arithmetic](x) },
  sigmoid: { arithmetic, term: logistic(arithmetic) },
  softplus: { arithmetic, term: softplus(arithmetic) },
});

/** Those that the numbers of single precision could not hold what they need in between for. */
const inDoubles = (arithmetic: InDoubles) => ({
  sin: { arithmetic, term: sine(arithmetic, x, 0) },
  cos: { arithmetic, term: sine(arithmetic, x, 1) },
  atan: { arithmetic, term: arcTangent(x) },
  erf: { arithmetic, term: errorFunction(arithmetic, x) },
  pow: { arithmetic, term: power(arithmetic, x, y) },
  mod: { arithmetic, term: remainder(x, y) },
});

/** 1 / (1 + e^|x|) for negative x, both scaled alike so that nothing overflows; its complement for others. */
const logistic = (arithmetic: Arithmetic): Term => {
  const [least] = formats[arithmetic].exponentialRange;
  const { sum, scale } = onePlusExponential(arithmetic, atMost(abs(x), number(-least)));
  const small = div(scale, sum);
  return select(less(x, number(0)), small, sub(number(1), small));
};

/** log(1 + e^x) = max(x, 0) + log(1 + e), e = e^-|x|; what 1 + e rounds away is added again. */
const softplus = (arithmetic: Arithmetic): Term => {
  const e = decay(arithmetic, neg(abs(x)));
  const u = add(number(1), e);
  const lost = div(sub(e, sub(u, number(1))), u);
  const positive = select(less(number(0), x), x, number(0));
  return add(positive, add(logarithmNearOne(arithmetic, u), lost));
};

/** Each function for a back end that computes so. */
export const functions: { readonly [A in Arithmetic]: { readonly [F in Elementary]: Computed } } = {
  f32: { ...wherever("f32"), ...inDoubles("f32 in f64") },
  f64: { ...wherever("f64"), ...inDoubles("f64") },
  "f32 in f64": { ...wherever("f32 in f64"), ...inDoubles("f32 in f64") },
};
