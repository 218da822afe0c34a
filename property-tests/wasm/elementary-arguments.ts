import type { Elementary } from "../../src/circuit/circuit.ts";
import { portableLog } from "../../src/runtime/elementary.js";
import type { Precision } from "../../src/runtime/interface.ts";

export type Numbers = Float32Array | Float64Array;

/** How many arguments are drawn at once. */
export const count = 1 << 15;

const special = [
  0,
  -0,
  1,
  -1,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
  1e-45,
  -1e-45,
  5e-324,
  2 ** -126,
  2 ** -127,
  3.4e38,
  -3.4e38,
  88.72283,
  88.7229,
  -87.33655,
  -103.97,
  -104.1,
  709.78,
  709.79,
  -745.13,
  -745.14,
  0.17328679,
  Number.MAX_VALUE,
  2 ** 20,
  -(2 ** 20),
];

/** Random words of 32 bits. */
const words = (seed: number): (() => number) => {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state ^ (state >>> 15)) >>> 0;
  };
};

const empty = (precision: Precision): Numbers =>
  precision === "f32" ? new Float32Array(count) : new Float64Array(count);

/** Numbers of every exponent and sign, by their bits; every second one between -32 and 32, where functions vary. */
const anywhere = (precision: Precision, seed: number): Numbers => {
  const next = words(seed);
  const numbers = empty(precision);
  const bits = new Uint32Array(numbers.buffer);
  for (let i = 0; i < bits.length; i += 1) bits[i] = next();
  for (let i = 0; i < count; i += 2) numbers[i] = (next() / 2 ** 32 - 0.5) * (i % 4 === 0 ? 64 : 4);
  numbers.set(special);
  return numbers;
};

const ofOne = (precision: Precision, seed: number): readonly [Numbers, Numbers] => [
  anywhere(precision, seed),
  empty(precision),
];

/** Many up to 2^20, and of these many next to multiples of a quarter turn. */
const angles = (precision: Precision, seed: number): readonly [Numbers, Numbers] => {
  const next = words(~seed);
  const numbers = anywhere(precision, seed);
  for (let i = special.length; i < count; i += 1) {
    const size = (next() / 2 ** 32) * (1 << (next() % 21));
    if (i % 4 === 1) numbers[i] = size * (next() % 2 === 0 ? 1 : -1);
    if (i % 4 === 2) numbers[i] = Math.round(size / (Math.PI / 2)) * (Math.PI / 2);
  }
  return [numbers, empty(precision)];
};

/** Bases anywhere and about 1, and exponents by which most results are numbers; every pair of special numbers. */
const powers = (precision: Precision, seed: number): readonly [Numbers, Numbers] => {
  const next = words(~seed);
  const [xs, ys] = [anywhere(precision, seed), anywhere(precision, seed + 1e6)];
  const range = precision === "f32" ? 110 : 760;
  for (let i = 0; i < count; i += 1) {
    const near = 1 / 2 ** (next() % 50);
    if (i % 3 === 0) xs[i] = 1 + near * (next() / 2 ** 31 - 1);
    if (i % 4 < 2) ys[i] = (range * (next() / 2 ** 31 - 1)) / portableLog(Math.abs(xs[i]!));
    if (i % 4 === 2) ys[i] = Math.round((next() / 2 ** 32 - 0.5) * 40) / (next() % 3 === 0 ? 2 : 1);
  }
  const edges = [...special, 2, -2, 0.5, -0.5, 3, -3, 2 ** 52 + 1, -(2 ** 53), 2 ** 53 - 1];
  edges.forEach((x, i) => {
    edges.forEach((y, j) => {
      const at = i * edges.length + j;
      xs[at] = x;
      ys[at] = y;
    });
  });
  return [xs, ys];
};

/** Whole numbers of either sign, and by what they are divided. */
const wholes = (precision: Precision, seed: number): readonly [Numbers, Numbers] => {
  const next = words(~seed);
  const [xs, ys] = [empty(precision), empty(precision)];
  const most = precision === "f32" ? 22 : 50;
  const upTo = (bits: number): number => Math.floor((next() / 2 ** 32) * 2 ** (next() % (bits + 1)));
  for (let i = 0; i < count; i += 1) {
    const y = 1 + upTo(i % 2 === 0 ? most / 2 : most);
    const x = i % 4 === 0 ? y * upTo(most / 2) : upTo(most);
    xs[i] = i % 3 === 0 ? 0 - x : x;
    ys[i] = y;
  }
  return [xs, ys];
};

/** Arguments of each function, also at the edges of what it can be asked; the same on every machine. */
export const drawn: {
  readonly [F in Elementary]: (precision: Precision, seed: number) => readonly [Numbers, Numbers];
} = {
  exp: ofOne,
  expm1: ofOne,
  log: ofOne,
  log1p: ofOne,
  sin: angles,
  cos: angles,
  atan: ofOne,
  erf: ofOne,
  pow: powers,
  mod: wholes,
  tanh: ofOne,
  sigmoid: ofOne,
  softplus: ofOne,
};
