import { add, mul, single, sub, type Term } from "./term.ts";

/** A number as the sum of two: the double nearest to it, and what that leaves. */
export interface Sum {
  readonly high: Term;
  readonly low: Term;
}

/** a + b where a is 0 or the greater of the two (Dekker 1971). */
export const fastSum = (a: Term, b: Term): Sum => {
  const high = add(a, b);
  return { high, low: add(sub(a, high), b) };
};

/** a - b for any two numbers (Knuth). */
export const difference = (a: Term, b: Term): Sum => {
  const high = sub(a, b);
  const part = sub(high, a);
  return { high, low: sub(sub(a, sub(high, part)), add(b, part)) };
};

/** The halves of a double whose products with other such halves are exact, or as good as that for the two low ones. */
export const halves = (a: Term): Sum => {
  const high = single(a);
  return { high, low: sub(a, high) };
};

/** a b by the halves of both: no instruction that rounds a product and a sum at once is needed, nor does one harm. */
export const product = (a: Term, b: Term, inHalves: readonly [Sum, Sum] = [halves(a), halves(b)]): Sum => {
  const [x, y] = inHalves;
  const high = mul(a, b);
  const exact = add(add(sub(mul(x.high, y.high), high), mul(x.high, y.low)), mul(x.low, y.high));
  return { high, low: add(exact, mul(x.low, y.low)) };
};
