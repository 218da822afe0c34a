/** Row-major. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

export const matrixOf = (rows: number, columns: number, element: (row: number, column: number) => number): Matrix => ({
  rows,
  columns,
  data: Float64Array.from({ length: rows * columns }, (_, i) => element(Math.floor(i / columns), i % columns)),
});

/** The square root of the sum of squares, of numbers of any size: none is squared before all are made small. */
export const lengthOf = (values: ArrayLike<number>): number => {
  const greatest = greatestOf(values);
  if (greatest === 0 || !Number.isFinite(greatest)) return greatest;
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += (values[i]! / greatest) * (values[i]! / greatest);
  return greatest * Math.sqrt(sum);
};

/** The greatest size of a number; what is no number is greater than any. */
export const greatestOf = (values: ArrayLike<number>): number => {
  let greatest = 0;
  for (let i = 0; i < values.length; i += 1) {
    const size = Math.abs(values[i]!);
    if (Number.isNaN(size)) return size;
    if (size > greatest) greatest = size;
  }
  return greatest;
};
