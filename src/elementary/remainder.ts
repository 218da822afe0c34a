import { formats } from "./format.ts";
import { add, div, less, mul, number, select, sub, type Term } from "./term.ts";

const { rounder } = formats.f64;

/**
 * x less the greatest multiple of y up to it, for whole numbers whose quotient is below 2^51, y above 0. The multiple next
 * to x may be the one above.
 */
export const remainder = (x: Term, y: Term): Term => {
  const counted = add(div(x, y), number(rounder));
  const rest = sub(x, mul(y, sub(counted, number(rounder))));
  return select(less(rest, number(0)), add(rest, y), rest);
};
