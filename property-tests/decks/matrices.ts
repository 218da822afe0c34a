/** The linear algebra of the slides, written as one would by hand: matrices are row-major, sizes are read off vectors. */
export type Vector = ReadonlyArray<number>;

export const times = (matrix: Vector, x: Vector): Vector =>
  Array.from({ length: matrix.length / x.length }, (_, i) =>
    x.reduce((sum, value, j) => sum + matrix[i * x.length + j]! * value, 0),
  );

export const transposed = (matrix: Vector, columns: number): Vector =>
  matrix.map((_, place) => {
    const rows = matrix.length / columns;
    return matrix[(place % rows) * columns + Math.floor(place / rows)]!;
  });

/** The product of two square matrices of n rows. */
export const product = (a: Vector, b: Vector, n: number): Vector =>
  Array.from({ length: n * n }, (_, place) => {
    const [i, j] = [Math.floor(place / n), place % n];
    return Array.from({ length: n }, (_unused, k) => a[i * n + k]! * b[k * n + j]!).reduce((x, y) => x + y, 0);
  });

export const identity = (n: number): Vector => Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));

/** diag(d) A: every row times a number. */
export const scaledRows = (d: Vector, a: Vector): Vector =>
  a.map((value, place) => value * d[Math.floor((place * d.length) / a.length)]!);

export const plus = (...vectors: ReadonlyArray<Vector>): Vector =>
  vectors[0]!.map((_, i) => vectors.reduce((sum, vector) => sum + vector[i]!, 0));

export const outer = (a: Vector, b: Vector): Vector => a.flatMap((x) => b.map((y) => x * y));

export const norm = (x: Vector): number => Math.hypot(...x);

/** The largest singular value, by power iteration on A^T A. */
export const largestSingularValue = (a: Vector, n: number): number => {
  let x: Vector = Array.from({ length: n }, (_, i) => 1 + i / 7);
  for (let i = 0; i < 500; i++) {
    const y = times(transposed(a, n), times(a, x));
    const size = norm(y);
    if (size === 0) return 0;
    x = y.map((value) => value / size);
  }
  return norm(times(a, x));
};

/** The rows of a sequence of vectors. */
export const rows = (values: Vector, size: number): ReadonlyArray<Vector> =>
  Array.from({ length: values.length / size }, (_, t) => values.slice(t * size, (t + 1) * size));

/** Two matrices of the same rows side by side. */
export const beside = (a: Vector, aColumns: number, b: Vector, bColumns: number): Vector =>
  rows(a, aColumns).flatMap((row, i) => [...row, ...rows(b, bColumns)[i]!]);

/** The inverse of `beside`. */
export const apart = (joined: Vector, aColumns: number, bColumns: number): readonly [Vector, Vector] => {
  const both = rows(joined, aColumns + bColumns);
  return [both.flatMap((row) => row.slice(0, aColumns)), both.flatMap((row) => row.slice(aColumns))];
};
