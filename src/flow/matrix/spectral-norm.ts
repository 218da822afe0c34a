import { greatestOf, lengthOf, type Matrix } from "./matrix.ts";
import { greatestEigenvalue } from "./tridiagonal.ts";

/** Up to so many columns nothing is left out. */
const few = 24;

/** How little the value may still change, relative to itself. */
const settled = 1e-14;

/**
 * The greatest singular value: the root of the greatest eigenvalue of M^T M, by the method of Lanczos (1950) with every
 * vector made orthogonal to all before it. Of no elements it is 0.
 */
export const spectralNorm = (matrix: Matrix): number => {
  const scale = greatestOf(matrix.data);
  if (scale === 0 || !Number.isFinite(scale)) return scale;
  const { rows, columns } = matrix;
  const data = matrix.data.map((value) => value / scale);
  const basis: Float64Array[] = [];
  const [diagonal, beside]: [number[], number[]] = [[], []];
  let found = 0;
  let next = orthogonal(generic(columns, 0), basis);
  while (next !== undefined) {
    basis.push(next);
    const image = timesTransposed(data, rows, columns, next);
    diagonal.push(dot(next, image));
    const isDue = basis.length >= few && basis.length % 4 === 0;
    const value = isDue ? greatestEigenvalue(diagonal, beside) : Number.NaN;
    if (value - found <= settled * value) break;
    if (isDue) found = value;
    // Where what has been reached is closed, one goes on elsewhere.
    const onwards = orthogonal(image, basis);
    next = onwards ?? orthogonal(generic(columns, basis.length), basis);
    beside.push(onwards === undefined || next === undefined ? 0 : dot(onwards, image));
  }
  return scale * Math.sqrt(Math.max(0, greatestEigenvalue(diagonal, beside.slice(0, diagonal.length - 1))));
};

/** M^T M v */
const timesTransposed = (data: Float64Array, rows: number, columns: number, vector: Float64Array): Float64Array => {
  const image = new Float64Array(columns);
  for (let row = 0; row < rows; row += 1) {
    const from = row * columns;
    let sum = 0;
    for (let i = 0; i < columns; i += 1) sum += data[from + i]! * vector[i]!;
    for (let i = 0; i < columns; i += 1) image[i]! += sum * data[from + i]!;
  }
  return image;
};

/** The part of a vector that is orthogonal to a basis, of length 1; undefined if nothing but rounding is left of it. */
const orthogonal = (vector: Float64Array, basis: ReadonlyArray<Float64Array>): Float64Array | undefined => {
  const before = lengthOf(vector);
  const rest = Float64Array.from(vector);
  for (let turn = 0; turn < 2; turn += 1)
    for (const each of basis) {
      const share = dot(each, rest);
      for (let i = 0; i < rest.length; i += 1) rest[i]! -= share * each[i]!;
    }
  const length = lengthOf(rest);
  return basis.length < vector.length && length > 1e-13 * before ? rest.map((value) => value / length) : undefined;
};

/** Numbers between 1/2 and 3/2 that no matrix of a model has reason to be orthogonal to. */
const generic = (size: number, turn: number): Float64Array => {
  const golden = 0.6180339887498949;
  return Float64Array.from({ length: size }, (_, i) => 0.5 + (((i + 1) * (turn + 1) * golden) % 1));
};

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
};
