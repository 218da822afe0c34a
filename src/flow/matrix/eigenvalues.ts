import type { Matrix } from "./matrix.ts";

/** A matrix of complex numbers, changed in place. */
interface Complex {
  readonly size: number;
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

type Number2 = readonly [real: number, imaginary: number];

/** So small beside its neighbours an element is nothing. */
const nothing = 1e-16;

/**
 * The sizes of the eigenvalues of a square matrix, the greatest first: the QR algorithm on its Hessenberg form (Francis 1961).
 * That of ml-matrix 6.15 does not end for matrices with elements of very different sizes, which `flow/matrix` draws.
 */
export const eigenvalueSizes = ({ rows: size, data }: Matrix): ReadonlyArray<number> => {
  if (!data.every(Number.isFinite)) return Array.from({ length: size }, () => Number.NaN);
  const matrix: Complex = { size, real: Float64Array.from(data), imaginary: new Float64Array(size * size) };
  toHessenberg(matrix);
  let turns = 0;
  for (let last = size - 1; last > 0; ) {
    const first = blockStart(matrix, last);
    if (first === last || turns > 300) {
      last -= 1;
      turns = 0;
      continue;
    }
    turns += 1;
    step(matrix, first, last, turns % 10 === 0 ? exceptional(matrix, last) : wilkinson(matrix, last));
  }
  return Array.from({ length: size }, (_, i) => sizeOf(at(matrix, i, i))).sort((a, b) => b - a);
};

const at = ({ size, real, imaginary }: Complex, i: number, j: number): Number2 => [
  real[i * size + j]!,
  imaginary[i * size + j]!,
];

const sizeOf = ([real, imaginary]: Number2): number => {
  const greatest = Math.max(Math.abs(real), Math.abs(imaginary));
  if (greatest === 0) return 0;
  const [a, b] = [real / greatest, imaginary / greatest];
  return greatest * Math.sqrt(a * a + b * b);
};

/** Where the block begins that ends at a row: above it nothing is left beside the diagonal. */
const blockStart = (matrix: Complex, last: number): number => {
  for (let i = last; i > 0; i -= 1) {
    const beside = sizeOf(at(matrix, i, i - 1));
    if (beside <= nothing * (sizeOf(at(matrix, i, i)) + sizeOf(at(matrix, i - 1, i - 1)))) return i;
  }
  return 0;
};

/** Rows and columns are eliminated in pairs, by rotations, below the first diagonal. */
const toHessenberg = (matrix: Complex): void => {
  const { size } = matrix;
  for (let column = 0; column + 2 < size; column += 1)
    for (let row = size - 1; row > column + 1; row -= 1) {
      const rotation = rotationOf(at(matrix, row - 1, column), at(matrix, row, column));
      turnRows(matrix, row - 1, rotation, 0);
      turnColumns(matrix, row - 1, rotation, size - 1);
    }
};

/** One step: H - sI = QR, H' = RQ + sI. */
const step = (matrix: Complex, first: number, last: number, shift: Number2): void => {
  shiftBy(matrix, first, last, [-shift[0], -shift[1]]);
  const rotations: Rotation[] = [];
  for (let row = first; row < last; row += 1) {
    const rotation = rotationOf(at(matrix, row, row), at(matrix, row + 1, row));
    rotations.push(rotation);
    turnRows(matrix, row, rotation, first);
  }
  rotations.forEach((rotation, i) => {
    turnColumns(matrix, first + i, rotation, Math.min(last, first + i + 2));
  });
  shiftBy(matrix, first, last, shift);
};

const shiftBy = ({ size, real, imaginary }: Complex, first: number, last: number, [re, im]: Number2): void => {
  for (let i = first; i <= last; i += 1) {
    real[i * size + i]! += re;
    imaginary[i * size + i]! += im;
  }
};

/** The eigenvalue of the last two rows that is nearer to the last element (Wilkinson). */
const wilkinson = (matrix: Complex, last: number): Number2 => {
  const [a, b] = [at(matrix, last - 1, last - 1), at(matrix, last - 1, last)];
  const [c, d] = [at(matrix, last, last - 1), at(matrix, last, last)];
  const half: Number2 = [(a[0] - d[0]) / 2, (a[1] - d[1]) / 2];
  const rest = times(b, c);
  const square = times(half, half);
  const root = rootOf([square[0] + rest[0], square[1] + rest[1]]);
  const sign = half[0] * root[0] + half[1] * root[1] < 0 ? -1 : 1;
  const far: Number2 = [half[0] + sign * root[0], half[1] + sign * root[1]];
  const step2 = sizeOf(far) === 0 ? ([0, 0] as const) : over(rest, far);
  return [d[0] - step2[0], d[1] - step2[1]];
};

/** Where the usual shift goes round in a circle. */
const exceptional = (matrix: Complex, last: number): Number2 => {
  const [re, im] = at(matrix, last, last);
  return [re + sizeOf(at(matrix, last, last - 1)), im];
};

const times = ([a, b]: Number2, [c, d]: Number2): Number2 => [a * c - b * d, a * d + b * c];

const over = (x: Number2, y: Number2): Number2 => {
  const size = sizeOf(y);
  const [c, d] = [y[0] / size, y[1] / size];
  return [(x[0] * c + x[1] * d) / size, (x[1] * c - x[0] * d) / size];
};

const rootOf = (x: Number2): Number2 => {
  const size = sizeOf(x);
  if (size === 0) return [0, 0];
  const real = Math.sqrt((size + Math.abs(x[0])) / 2);
  const imaginary = x[1] / (2 * real);
  return x[0] >= 0 ? [real, imaginary] : [Math.abs(imaginary), x[1] < 0 ? -real : real];
};

/** [c, s; -s*, c] with a real c takes two numbers to one and 0. */
interface Rotation {
  readonly c: number;
  readonly s: Number2;
}

const rotationOf = (x: Number2, y: Number2): Rotation => {
  const [sizeX, sizeY] = [sizeOf(x), sizeOf(y)];
  if (sizeY === 0) return { c: 1, s: [0, 0] };
  const whole = sizeOf([sizeX, sizeY]);
  if (sizeX === 0) return { c: 0, s: [y[0] / sizeY, -y[1] / sizeY] };
  const direction: Number2 = [x[0] / sizeX, x[1] / sizeX];
  return { c: sizeX / whole, s: times(direction, [y[0] / whole, -y[1] / whole]) };
};

/** Two rows, from a column on. */
const turnRows = (
  { size, real, imaginary }: Complex,
  row: number,
  { c, s: [re, im] }: Rotation,
  from: number,
): void => {
  for (let j = from; j < size; j += 1) {
    const [p, q] = [row * size + j, (row + 1) * size + j];
    const [a, b, x, y] = [real[p]!, imaginary[p]!, real[q]!, imaginary[q]!];
    real[p] = c * a + re * x - im * y;
    imaginary[p] = c * b + re * y + im * x;
    real[q] = c * x - re * a - im * b;
    imaginary[q] = c * y - re * b + im * a;
  }
};

/** Two columns, up to a row, by the adjoint. */
const turnColumns = (
  { size, real, imaginary }: Complex,
  column: number,
  { c, s: [re, im] }: Rotation,
  to: number,
): void => {
  for (let i = 0; i <= to; i += 1) {
    const [p, q] = [i * size + column, i * size + column + 1];
    const [a, b, x, y] = [real[p]!, imaginary[p]!, real[q]!, imaginary[q]!];
    real[p] = c * a + re * x + im * y;
    imaginary[p] = c * b + re * y - im * x;
    real[q] = c * x - re * a + im * b;
    imaginary[q] = c * y - re * b - im * a;
  }
};
