import {
  add,
  div,
  hadamard,
  type Mat,
  mul,
  number,
  plus,
  sigmoid,
  sqrt,
  sub,
  tanh,
  times,
  type Vec,
  zeros,
} from "./numbers.ts";
import { type Recurrence, scan, type Weights } from "./recurrent.ts";

/** Ba, Kiros and Hinton 2016, equations 3 and 4, with the small number beside the variance that all programs have. */
export const normalised = ({ vector }: Weights, a: Vec): Vec => {
  const share = number(1 / a.length);
  const mean = mul(share, add(...a));
  const off = a.map((each) => sub(each, mean));
  const deviation = sqrt(add(mul(share, add(...off.map((each) => mul(each, each)))), number(1e-5)));
  return plus(
    hadamard(
      vector("g"),
      off.map((each) => div(each, deviation)),
    ),
    vector("b"),
  );
};

/** Equations 20 to 22 of the same, gates in the order f, i, o, g. */
export const layerNormLstm: Recurrence = (weights, xs) => {
  const { matrix, vector, at } = weights;
  const size = vector("bi").length;
  const nothing = { h: zeros(size), c: zeros(size) };
  return scan(xs, nothing, (before, x) => {
    const recurrent = normalised(at("a"), times(matrix("U"), before.h));
    const given = normalised(at("a.2"), times(matrix("W"), x));
    const biases = ["bf", "bi", "bo", "bc"].flatMap(vector);
    const all = plus(recurrent, given, biases);
    const [f, i, o, g] = [0, 1, 2, 3].map((gate) => all.slice(gate * size, (gate + 1) * size));
    const c = plus(hadamard(f!.map(sigmoid), before.c), hadamard(i!.map(sigmoid), g!.map(tanh)));
    return { c, h: hadamard(o!.map(sigmoid), normalised(at("h"), c).map(tanh)) };
  }).map(({ h }) => h);
};

/** The sum over these positions of a matrix for each times what is there; outside of the sequence is nothing. */
export const convolved = (
  { matrix, vector }: Weights,
  x: ReadonlyArray<Vec>,
  positions: ReadonlyArray<number>,
): Vec => {
  const [rows, bias]: readonly [Mat, Vec] = [matrix("W"), vector("b")];
  return positions.reduce((sum: Vec, position, k) => {
    const seen = x[position];
    return seen === undefined ? sum : plus(sum, times(rows.slice(k * bias.length, (k + 1) * bias.length), seen));
  }, bias);
};
