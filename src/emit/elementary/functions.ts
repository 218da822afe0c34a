import type { Elementary } from "../../circuit/circuit.ts";
import { decay, exponential, onePlusExponential } from "./exponential.ts";
import { type Arithmetic, formats } from "./format.ts";
import { hyperbolicTangent } from "./hyperbolic-tangent.ts";
import { logarithm, logarithmNearOne } from "./logarithm.ts";
import { abs, add, atMost, div, less, neg, number, select, sub, type Term, argument as x } from "./term.ts";

/** Each function as a term in its argument. */
export const elementary = (arithmetic: Arithmetic): { readonly [F in Elementary]: Term } => ({
  exp: exponential(arithmetic, x),
  log: logarithm(arithmetic, x),
  tanh: hyperbolicTangent[arithmetic](x),
  sigmoid: logistic(arithmetic),
  softplus: softplus(arithmetic),
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
