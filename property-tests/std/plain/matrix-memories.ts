import {
  abs,
  add,
  div,
  dot,
  exp,
  greater,
  hadamard,
  log,
  mul,
  type Num,
  number,
  plus,
  scaled,
  sigmoid,
  sqrt,
  sub,
  times,
  type Vec,
} from "./numbers.ts";
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

/** Beck and others 2024, equations 19 to 27 written out: what entered at `s`, times all later forget gates. */
export const mlstm: Recurrence = ({ matrix, vector }, xs) => {
  const project = (letter: string): ReadonlyArray<Vec> =>
    xs.map((x) => plus(times(matrix(`W${letter}`), x), vector(`b${letter}`)));
  const level = (letter: string): ReadonlyArray<Num> =>
    xs.map((x) => add(dot(vector(`w${letter}`), x), vector(`b${letter}`)[0]!));
  const root = number(1 / Math.sqrt(vector("bq").length));
  const keys = xs.map((x) => plus(scaled(root, times(matrix("Wk"), x)), vector("bk")));
  const [queries, values, shown] = ["q", "v", "o"].map(project);
  const [entering, kept] = [level("i").map(exp), level("f").map(sigmoid)];
  return xs.map((_, t) => {
    const weights = keys.slice(0, t + 1).map((key, s) => {
      const left = kept.slice(s + 1, t + 1).reduce(mul, entering[s]!);
      return mul(left, dot(key, queries![t]!));
    });
    const above = plus(...weights.map((weight, s) => scaled(weight, values![s]!)));
    const below = greater(abs(add(...weights)), number(1));
    return hadamard(shown![t]!.map(sigmoid), scaled(div(number(1), below), above));
  });
};

export const silu = (x: Num): Num => mul(x, sigmoid(x));

export const unit = (x: Vec): Vec => {
  const y = x.map(silu);
  return scaled(div(number(1), sqrt(add(dot(y, y), number(1e-6)))), y);
};

/** Yang and others 2024: a value is found by the query through I - b k k^T of every later key, the last one first. */
export const deltaNet: Recurrence = ({ matrix, vector }, xs) => {
  const [keys, queries] = ["Wk", "Wq"].map((name) => xs.map((x) => unit(times(matrix(name), x))));
  const rates = xs.map((x) => sigmoid(dot(vector("wb"), x)));
  const passed = (query: Vec, r: number): Vec => {
    const overlap = mul(rates[r]!, dot(keys![r]!, query));
    return query.map((q, i) => sub(q, mul(overlap, keys![r]![i]!)));
  };
  return summed(xs.length, (t, s) => {
    const later = Array.from({ length: t - s }, (_, i) => t - i);
    const weight = dot(keys![s]!, later.reduce(passed, queries![t]!));
    return scaled(mul(rates[s]!, weight), times(matrix("Wv"), xs[s]!));
  });
};

/** Yang and others 2024, equation 4 written out: each component of a key, times all its later gates. */
export const gatedLinearAttention: Recurrence = ({ matrix, vector }, xs) => {
  const [keys, queries] = ["Wk", "Wq"].map((name) => xs.map((x) => times(matrix(name), x)));
  const gates = xs.map((x) =>
    plus(times(matrix("Wa"), times(matrix("Wr"), x)), vector("ba")).map((a) =>
      exp(mul(number(1 / 16), log(sigmoid(a)))),
    ),
  );
  return summed(xs.length, (t, s) => {
    const key = gates.slice(s + 1, t + 1).reduce(hadamard, keys![s]!);
    const weight = mul(number(1 / Math.sqrt(key.length)), dot(key, queries![t]!));
    return scaled(weight, times(matrix("Wv"), xs[s]!));
  });
};
