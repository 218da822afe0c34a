import { abs, add, copySign, div, less, mul, number, polynomial, select, sub, type Term } from "./term.ts";

/**
 * The arc tangent: that of the nearest of a few angles, and what is left by the formula of differences,
 * atan x = atan c + atan((x - c) / (1 + c x)). The intervals and the series are those of FreeBSD's s_atan.c; the angles are
 * sums of two numbers.
 */
export const arcTangent = (x: Term): Term => {
  const size = abs(x);
  const [one, minusOne, zero] = [number(1), number(-1), number(0)];
  const of = (choices: ReadonlyArray<Term>): Term =>
    choices.reduceRight((otherwise, chosen, i) => select(less(size, number(ends[i]!)), chosen, otherwise));
  const above = of([size, sub(add(size, size), one), sub(size, one), sub(size, number(1.5)), minusOne]);
  const below = of([one, add(number(2), size), add(size, one), add(one, mul(number(1.5), size)), size]);
  const rest = div(above, below);
  const square = mul(rest, rest);
  const beyond = mul(rest, mul(square, polynomial(square, series)));
  const [high, low] = [
    of([zero, ...angles.map(([part]) => number(part))]),
    of([zero, ...angles.map(([, part]) => number(part))]),
  ];
  return copySign(sub(high, sub(sub(beyond, low), rest)), x);
};

/** Up to where each angle is near. */
const ends = [7 / 16, 11 / 16, 19 / 16, 39 / 16];

/** The arc tangents of 1/2, 1, 3/2 and infinity. */
const angles: ReadonlyArray<readonly [high: number, low: number]> = [
  [0.4636476090008061, 2.2698777452961687e-17],
  [0.7853981633974483, 3.061616997868383e-17],
  [0.982793723247329, 1.3903311031230998e-17],
  [1.5707963267948966, 6.123233995736766e-17],
];

const series = [
  0.3333333333333293, -0.19999999999876483, 0.14285714272503466, -0.11111110405462356, 0.09090887133436507,
  -0.0769187620504483, 0.06661073137387531, -0.058335701337905735, 0.049768779946159324, -0.036531572744216916,
  0.016285820115365782,
];
