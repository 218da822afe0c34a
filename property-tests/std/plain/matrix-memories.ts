import { add, dot, exp, hadamard, log, mul, type Num, neg, number, plus, scaled, times, type Vec } from "./numbers.ts";
import type { Recurrence } from "./recurrent.ts";

/** What a sum over all positions so far has for each: of every `t` the terms of `s = 0 .. t`. */
const summed = (length: number, term: (t: number, s: number) => Vec): ReadonlyArray<Vec> =>
  Array.from({ length }, (_, t) => plus(...Array.from({ length: t + 1 }, (__, s) => term(t, s))));

const softplus = (x: Num): Num => log(add(number(1), exp(x)));

/** Gu and Dao 2023, written out: what entered at `s` decays by the sum of all later steps. */
export const selectiveScan: Recurrence = ({ matrix, vector }, xs) => {
  const steps = xs.map((x) => plus(times(matrix("Wd"), times(matrix("Wr"), x)), vector("bd")).map(softplus));
  const [into, outOf] = ["WB", "WC"].map((name) => xs.map((x) => times(matrix(name), x)));
  const rates = matrix("a").map((row, j) => row.map((a) => mul(number(-1 - j), exp(a))));
  const kept = (t: number, s: number, i: number): Num =>
    add(
      ...rates.map((rate, j) => {
        const between = add(...steps.slice(s + 1, t + 1).map((step) => step[i]!));
        return mul(mul(outOf![t]![j]!, into![s]![j]!), exp(mul(rate[i]!, between)));
      }),
    );
  const remembered = summed(xs.length, (t, s) => xs[s]!.map((x, i) => mul(kept(t, s, i), mul(steps[s]![i]!, x))));
  return xs.map((x, t) => plus(hadamard(vector("D"), x), remembered[t]!));
};
