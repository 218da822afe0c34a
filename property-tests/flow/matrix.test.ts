import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { eigenvalueSizes } from "../../src/flow/matrix/eigenvalues.ts";
import { type Matrix, matrixOf } from "../../src/flow/matrix/matrix.ts";
import { singularValues } from "../../src/flow/matrix/singular-values.ts";
import { spectralNorm } from "../../src/flow/matrix/spectral-norm.ts";
import { often } from "../often.ts";
import { mustBeNear, times } from "./programs.ts";

const element = fc.double({ min: -2, max: 2, noNaN: true });

const matrices = (most: number, square = false): fc.Arbitrary<Matrix> =>
  fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most })).chain(([rows, columns]) => {
    const across = square ? rows : columns;
    return fc
      .array(element, { minLength: rows * across, maxLength: rows * across })
      .map((data) => matrixOf(rows, across, (i, j) => data[i * across + j]!));
  });

const transposed = ({ rows, columns, data }: Matrix): Matrix =>
  matrixOf(columns, rows, (i, j) => data[j * columns + i]!);

/** An orthogonal matrix: reflections at some vectors. */
const orthogonal = (size: number): fc.Arbitrary<Matrix> =>
  fc
    .array(fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: size, maxLength: size }), {
      minLength: 3,
      maxLength: 3,
    })
    .map((vectors) =>
      vectors.reduce<Matrix>(
        (soFar, v) => {
          const square = v.reduce((sum, each) => sum + each * each, 0);
          return times(
            soFar,
            matrixOf(size, size, (i, j) => Number(i === j) - (2 * v[i]! * v[j]!) / square),
          );
        },
        matrixOf(size, size, (i, j) => Number(i === j)),
      ),
    );

test("the spectral norm is the greatest singular value, of matrices of any shape, of low rank and of zeros", () => {
  const few = fc.tuple(matrices(40), fc.integer({ min: 0, max: 3 })).map(([matrix, kind]) => {
    if (kind === 0) return matrixOf(matrix.rows, matrix.columns, () => 0);
    if (kind === 1) return matrixOf(matrix.rows, matrix.columns, (i, j) => matrix.data[i]! * matrix.data[j]!);
    return matrix;
  });
  fc.assert(
    fc.property(few, (matrix) => {
      const [greatest = 0] = singularValues(matrix);
      mustBeNear("norm", [spectralNorm(matrix)], [greatest], 1e-12);
    }),
    { numRuns: often(200) },
  );
});

test("the norm of a large matrix is its greatest singular value, however close to it others lie", () => {
  const size = 70;
  fc.assert(
    fc.property(
      orthogonal(size),
      orthogonal(size),
      fc.double({ min: 0.001, max: 0.01, noNaN: true }),
      (left, right, gap) => {
        const middle = matrixOf(size, size, (i, j) => Number(i === j) * (2 - gap * i));
        mustBeNear("norm", [spectralNorm(times(times(left, middle), right))], [2], 1e-11);
      },
    ),
    { numRuns: often(12) },
  );
});

test("the squares of singular values add up to those of the elements, and turning a matrix changes none", () => {
  fc.assert(
    fc.property(
      matrices(9, true).chain((m) => fc.tuple(fc.constant(m), orthogonal(m.rows))),
      ([matrix, turn]) => {
        const values = singularValues(matrix);
        const sum = (all: Iterable<number>): number => [...all].reduce((total, each) => total + each * each, 0);
        mustBeNear("squares", [sum(values)], [sum(matrix.data)], 1e-12);
        mustBeNear("turned", singularValues(times(turn, matrix)), values, 1e-10);
        mustBeNear("transposed", singularValues(transposed(matrix)), values, 1e-10);
      },
    ),
    { numRuns: often(200) },
  );
});

test("norms are exact where squares would be too small or too large for numbers", () => {
  for (const scale of [1e-200, 1e200])
    for (const size of [3, 30]) {
      const matrix = matrixOf(size, size, (i, j) => Number(i === j) * (i + 1));
      const scaled = matrixOf(size, size, (i, j) => matrix.data[i * size + j]! * scale);
      mustBeNear("scaled", [spectralNorm(scaled) / scale], [size], 1e-12);
    }
});

test("eigenvalues of a turned matrix of blocks are those of its blocks: real ones, pairs, and many times the same", () => {
  const blocks = fc.array(fc.tuple(element, element, fc.boolean()), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(
      blocks.chain((of) => fc.tuple(fc.constant(of), orthogonal(of.length * 2))),
      ([of, turn]) => {
        const size = of.length * 2;
        const middle = matrixOf(size, size, (i, j) => {
          const [a, b, isPair] = of[Math.floor(i / 2)]!;
          if (Math.floor(i / 2) !== Math.floor(j / 2)) return 0;
          if (isPair) return i === j ? a : i < j ? b : -b;
          return i === j ? (i % 2 === 0 ? a : b) : 0;
        });
        const right = of.flatMap(([a, b, isPair]) =>
          isPair ? [Math.hypot(a, b), Math.hypot(a, b)] : [Math.abs(a), Math.abs(b)],
        );
        const found = eigenvalueSizes(times(times(turn, middle), transposed(turn)));
        mustBeNear(
          "eigenvalues",
          found,
          right.sort((a, b) => b - a),
          1e-9,
        );
      },
    ),
    { numRuns: often(200) },
  );
});

test("the product of eigenvalues is that of singular values, and none is greater than the greatest of these", () => {
  fc.assert(
    fc.property(matrices(8, true), (matrix) => {
      const product = (all: ReadonlyArray<number>): number => all.reduce((total, each) => total * each, 1);
      const [sizes, values] = [eigenvalueSizes(matrix), singularValues(matrix)];
      mustBeNear("product", [product(sizes)], [product(values)], 1e-8);
      assert.ok(sizes[0]! <= values[0]! * (1 + 1e-12));
    }),
    { numRuns: often(200) },
  );
});
