import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { jacobian } from "../../src/property/index.ts";
import { adjointEquations, adjointListing } from "../../src/views/adjoint.ts";
import { knownOf } from "../../src/views/latex/known.ts";
import { inNumerators } from "../../src/views/latex/numerator.ts";
import { ranks } from "../../src/views/latex/rank.ts";
import { body, compiled, noise, runs } from "../std/compiled.ts";
import { equivalent } from "./alike.ts";
import { rows, times, type Vector } from "./matrices.ts";
import { writtenMatrix } from "./printed-matrices.ts";

const seeds = fc.integer({ min: 1, max: 100_000 });
const range = (size: number): ReadonlyArray<number> => Array.from({ length: size }, (_, i) => i);

test("derivatives have the shapes of the slide: of a number by a vector a row, of a matrix by a number its own, of a vector by another m by n, of a matrix by another in blocks", () => {
  const sizes = fc.record({ seed: seeds, m: fc.integer({ min: 1, max: 4 }), n: fc.integer({ min: 1, max: 4 }) });
  const source = `model M(m, n) {
  input x : R[n]
  input z : R
  input X : R[n,2]
  input A : R[m,n]
  output y = dot(x, sin(x))
  output Y = sin(z * A)
  output v : R[m] = tanh(A x)
  output F : R[m,2] = A X
}`;
  fc.assert(
    fc.property(sizes, ({ seed, m, n }) => {
      const model = compiled(source, { statics: { m, n }, target: "js" });
      const [x, [z], X, A] = [noise(seed, n), noise(seed + 1, 1), noise(seed + 2, 2 * n), noise(seed + 3, m * n)];
      const example = { x, z: z!, X: rows(X, 2), A: rows(A, n) };
      const found = jacobian(model, { wrt: ["x", "z", "X", "A"], target: "js" })({}, example);
      const has = (output: string, input: string, size: readonly [number, number], slopes: Vector): void => {
        const block = found[output]![input]!;
        assert.deepEqual([block.rows, block.columns], size);
        equivalent({ slopes: [...block.data] }, { slopes });
      };
      const gradient = x.map((value) => Math.sin(value) + value * Math.cos(value));
      has("y", "x", [1, n], gradient);
      const matrix = A.map((value) => value * Math.cos(z! * value));
      has("Y", "z", [m * n, 1], matrix);
      const slope = times(A, x).map((value) => 1 - Math.tanh(value) ** 2);
      const steps = A.map((value, place) => value * slope[Math.floor(place / n)]!);
      has("v", "x", [m, n], steps);
      // ∂F[p,q]/∂X[i,j] is A[p,i] where q = j.
      const blocks = range(m).flatMap((p) =>
        range(2).flatMap((q) => range(n).flatMap((i) => range(2).map((j) => (q === j ? A[n * p + i]! : 0)))),
      );
      has("F", "X", [2 * m, 2 * n], blocks);
    }),
    runs(8),
  );
});

const printed = compiled(
  body(
    `input x[t] : R[n]
input d[t] : R[n]
param W, U, V : R[n,n]
param b, c = 0
h[0] = 0
h[t] : R[n] = tanh(W h[t-1] + U x[t] + b)
o[t] : R[n] = c + V h[t]
minimize 0.5 * sum[t](sumsq(o[t] - d[t])) + sum[t](dot(h[t], sigmoid(o[t])))`,
    "n = 3",
  ),
).elaborated;

test("an adjoint printed in numerator layout is, line by line, the transpose of what is printed in the declared one, columns", () => {
  const equations = adjointEquations(printed);
  const columns = adjointListing(equations);
  const rankOf = ranks(knownOf(printed, equations.system).kinds);
  const inRows = inNumerators(columns, rankOf);
  const adjoints = columns.filter(({ left }) => left.name.startsWith("∂"));
  assert.ok(adjoints.length >= 6, "of the states and of all parameters");
  fc.assert(
    fc.property(seeds, (seed) => {
      columns.forEach(({ left, right }, i) => {
        const column = writtenMatrix({ size: 3, seed, rankOf, areRows: false }, right);
        const row = writtenMatrix({ size: 3, seed, rankOf, areRows: true }, inRows[i]!.right);
        const isTurned = left.name.startsWith("∂");
        assert.deepEqual(
          [row.rows, row.columns],
          isTurned ? [column.columns, column.rows] : [column.rows, column.columns],
        );
        const across = (place: number): number =>
          isTurned ? (place % column.rows) * column.columns + Math.floor(place / column.rows) : place;
        equivalent(
          { [left.name]: row.data },
          { [left.name]: column.data.map((_, place) => column.data[across(place)]!) },
        );
      });
    }),
    runs(40),
  );
});
