/**
 * The greatest eigenvalue of a symmetric matrix that has elements on its diagonal and beside it alone: halving an interval by
 * Sturm's count of the eigenvalues above a number.
 */
export const greatestEigenvalue = (diagonal: ReadonlyArray<number>, beside: ReadonlyArray<number>): number => {
  const at = (i: number): number => Math.abs(beside[i] ?? 0);
  let low = Math.max(...diagonal);
  let high = Math.max(...diagonal.map((value, i) => value + at(i - 1) + at(i)));
  for (let turn = 0; turn < 200; turn += 1) {
    const middle = low + (high - low) / 2;
    if (!(middle > low && middle < high)) break;
    if (isAbove(middle, diagonal, beside)) low = middle;
    else high = middle;
  }
  return high;
};

/** Whether an eigenvalue lies above a number: a pivot of the matrix less the number is positive. */
const isAbove = (number: number, diagonal: ReadonlyArray<number>, beside: ReadonlyArray<number>): boolean => {
  let pivot = 1;
  for (let i = 0; i < diagonal.length; i += 1) {
    const product = i === 0 ? 0 : beside[i - 1]! * beside[i - 1]!;
    pivot = diagonal[i]! - number - (product === 0 ? 0 : product / pivot);
    if (pivot > 0) return true;
    if (pivot === 0) pivot = -Number.MIN_VALUE;
  }
  return false;
};
