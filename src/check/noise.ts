/**
 * How far the values of a smooth function may be off by rounding, from the values themselves (Moré and Wild 2011):
 * differences of a high order of values that stand close together hold nothing of the function, only its noise. Both
 * sides are looked at, and the quieter one counts, since a kink is no noise.
 */
export const noiseOf = (value: (step: number) => number): number => {
  const sides = [spacing, -spacing].map((apart) => noiseOnSide(value, apart)).filter(Number.isFinite);
  return Math.max(Math.min(...sides), 2 ** -53 * Math.abs(value(0)));
};

/** So close that what is left of a smooth function after `orders` differences is nothing. */
const spacing = 2 ** -30;
const points = 8;
const orders = [4, 5, 6];

const noiseOnSide = (value: (step: number) => number, apart: number): number => {
  const values = Array.from({ length: points }, (_, i) => value(i * apart));
  return Math.max(...orders.map((order) => deviationOf(differencesOf(values, order), order)));
};

const differencesOf = (values: ReadonlyArray<number>, order: number): ReadonlyArray<number> =>
  order === 0
    ? values
    : differencesOf(
        values.slice(1).map((value, i) => value - values[i]!),
        order - 1,
      );

/** Of independent errors of deviation 1, differences of order k have the variance (2k)! / (k!)^2. */
const deviationOf = (differences: ReadonlyArray<number>, order: number): number => {
  const meanSquare = differences.reduce((sum, each) => sum + each * each, 0) / differences.length;
  const growth = Array.from({ length: order }, (_, i) => (order + i + 1) / (i + 1)).reduce((a, b) => a * b, 1);
  return Math.sqrt(meanSquare / growth);
};
