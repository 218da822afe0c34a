import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { body, close, compiled, gradientOf, noise, paramsOf, runs } from "../std/compiled.ts";
import { identity, largestSingularValue, norm, product, times, transposed, type Vector } from "./matrices.ts";

const linear = (n: number) =>
  compiled(
    body(
      `input v : R[${n}]
input h0 : R[${n}]
input z[t] : R
param W
h[0] = h0
h[t] = W h[t-1] + 0 * z[t]
minimize dot(v, h[T])`,
      "",
    ),
    { wrt: ["h0"] },
  );
const [ofTwo, ofThree] = [linear(2), linear(3)];
/** ∂(v^T h[T])/∂h[0] of h[t] = W h[t-1]. */
const atStart = (W: Vector, steps: number, v: Vector): Vector => {
  const n = v.length;
  const model = n === 3 ? ofThree : ofTwo;
  const example = { v, h0: v.map(() => 0.5), z: Array.from({ length: steps }, () => 0) };
  return gradientOf(model, paramsOf(model.model, 1, { W }), example).gradient.h0!;
};
const power = (W: Vector, exponent: number): Vector =>
  Array.from({ length: exponent }, () => W).reduce((left, right) => product(left, right, 3), identity(3));
const seeds = fc.integer({ min: 1, max: 100_000 });
const steps = fc.integer({ min: 1, max: 12 });

test("the gradient through a linear network is the transposed power of its matrix", () => {
  fc.assert(
    fc.property(seeds, steps, (seed, length) => {
      const W = noise(seed, 9);
      const v = noise(seed + 1, 3);
      close(atStart(W, length, v), times(transposed(power(W, length), 3), v), 1e-11);
    }),
    runs(10),
  );
});

test("gradients never outgrow the product of the largest singular values: below 1 they vanish", () => {
  fc.assert(
    fc.property(seeds, steps, (seed, length) => {
      const raw = noise(seed, 9);
      const scale = 0.8 / largestSingularValue(raw, 3);
      const W = raw.map((value) => value * scale);
      assert.ok(norm(atStart(W, length, [1, 0, 0])) <= 0.8 ** length * (1 + 1e-9));
    }),
    runs(10),
  );
});

test("the steps of a squashing network obey the same bound: the norm of a product is at most the product of norms", () => {
  const model = compiled(
    body(
      "input v : R[n]\ninput x[t] : R[n]\nparam W\nh[0] = 0.2\noutput h[t] = tanh(W h[t-1] + x[t])\nminimize dot(v, h[T])",
      "n = 3",
    ),
    { wrt: ["x"] },
  );
  fc.assert(
    fc.property(seeds, (seed) => {
      const params = paramsOf(model.model, seed);
      const x = [1, 2, 3, 4].map((t) => noise(seed + t, 3));
      const example = { x, v: [1, 0, 0] };
      const h = model.forward(params, model.pack([example])).h!.data;
      const slope = (t: number): Vector => [0, 1, 2].map((i) => 1 - h[3 * t + i]! ** 2);
      const sizes = [1, 2, 3].map((t) => {
        const d = slope(t);
        return largestSingularValue(
          [...params.W!].map((value, place) => value * d[Math.floor(place / 3)]!),
          3,
        );
      });
      const atFirst = gradientOf(model, params, example).gradient.x!.slice(0, 3);
      const bound = sizes.reduce((a, b) => a * b, 1) * Math.max(...slope(0));
      assert.ok(norm(atFirst) <= bound * (1 + 1e-9));
    }),
    runs(5),
  );
});

test("a singular value above 1 is not enough to explode: the gradient of a nilpotent matrix is exactly 0 at lag 2", () => {
  const W = [0, 2, 0, 0];
  assert.equal(norm(atStart(W, 1, [1, 1])), 2);
  assert.deepEqual(atStart(W, 2, [1, 1]).map(Math.abs), [0, 0]);
});

/** S D S^-1 with eigenvalues on the diagonal of D, S = [[1, a], [0, 1]]. */
const withEigenvalues = (first: number, second: number, a: number): Vector => [first, a * (second - first), 0, second];

test("all eigenvalues below 1 suffice to vanish in the end, and one above 1 is needed to explode", () => {
  const eigenvalue = fc.double({ min: -0.9, max: 0.9, noNaN: true });
  fc.assert(
    fc.property(eigenvalue, eigenvalue, fc.double({ min: -5, max: 5, noNaN: true }), (first, second, a) => {
      assert.ok(norm(atStart(withEigenvalues(first, second, a), 300, [1, 1])) < 1e-10);
    }),
    runs(10),
  );
  assert.ok(norm(atStart(withEigenvalues(1.1, 0.5, 2), 300, [1, 1])) > 1e10);
});

test("through a scaled rotation the logarithm of the gradient's norm is a straight line in the lag", () => {
  for (const scale of [0.7, 1, 1.3]) {
    const W = [Math.cos(0.6), -Math.sin(0.6), Math.sin(0.6), Math.cos(0.6)].map((value) => scale * value);
    for (const lag of [1, 10, 50]) close([Math.log(norm(atStart(W, lag, [1, 0])))], [lag * Math.log(scale)], 1e-10);
  }
});
