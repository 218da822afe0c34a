import { greatestOf, type Matrix, matrixOf } from "./matrix.ts";

/** So small a cosine between two columns is rounding. */
const right = 1e-15;

/**
 * All singular values, the greatest first: columns are turned in pairs until each is orthogonal to all others (Hestenes 1958).
 * Those of ml-matrix 6.15 are off by 2e-6 where an element is the least of all numbers.
 */
export const singularValues = (matrix: Matrix): ReadonlyArray<number> => {
  const { rows, columns, data } =
    matrix.rows < matrix.columns
      ? matrixOf(matrix.columns, matrix.rows, (i, j) => matrix.data[j * matrix.columns + i]!)
      : matrix;
  // No square is to be too small or too large for a number.
  const scale = greatestOf(data);
  if (scale === 0 || !Number.isFinite(scale)) return Array.from({ length: columns }, () => scale);
  const vectors = Array.from({ length: columns }, (_, j) =>
    Float64Array.from({ length: rows }, (__, i) => data[i * columns + j]! / scale),
  );
  for (let sweep = 0; sweep < 60; sweep += 1) {
    let turned = false;
    for (let i = 0; i < columns; i += 1)
      for (let j = i + 1; j < columns; j += 1) turned = turn(vectors[i]!, vectors[j]!) || turned;
    if (!turned) break;
  }
  return vectors.map((vector) => scale * Math.sqrt(dot(vector, vector))).sort((a, b) => b - a);
};

/** Turns two columns in their plane so that they are orthogonal; whether there was need. */
const turn = (a: Float64Array, b: Float64Array): boolean => {
  const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)];
  if (Math.abs(ab) <= right * Math.sqrt(aa) * Math.sqrt(bb)) return false;
  const slope = (bb - aa) / (2 * ab);
  const tangent = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.sqrt(1 + slope * slope));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = cosine * tangent;
  for (let i = 0; i < a.length; i += 1) {
    const [x, y] = [a[i]!, b[i]!];
    a[i] = cosine * x - sine * y;
    b[i] = sine * x + cosine * y;
  }
  return true;
};

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
};
