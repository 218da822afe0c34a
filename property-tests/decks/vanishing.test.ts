import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Compiled } from "../../src/compile.ts";
import { variablesOf } from "../../src/flow/carried.ts";
import { flowOf } from "../../src/flow/flow.ts";
import type { Values } from "../../src/runtime/interface.ts";
import { body, close, compiled, gradientOf, noise, outputsOf, paramsOf, runs, sequence } from "../std/compiled.ts";
import { withRadius } from "./eigenvalues.ts";
import {
  identity,
  largestSingularValue,
  norm,
  product,
  rows,
  scaledRows,
  times,
  transposed,
  type Vector,
} from "./matrices.ts";

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
const linearOf = new Map<number, Compiled>();
const linearModel = (n: number): Compiled => linearOf.get(n) ?? linearOf.set(n, linear(n)).get(n)!;
/** ∂(v^T h[T])/∂h[0] of h[t] = W h[t-1]. */
const atStart = (W: Vector, steps: number, v: Vector): Vector => {
  const model = linearModel(v.length);
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

const squashing = fc.record({
  seed: seeds,
  n: fc.integer({ min: 1, max: 4 }),
  length: fc.integer({ min: 2, max: 7 }),
  /** Of the weights: steps that shrink, and steps that grow. */
  scale: fc.constantFrom(0.3, 1, 3),
});

test("of a squashing network no norm of the derivative of a state by an earlier one is above the product of the norms of its steps, and both are told of every pair", () => {
  fc.assert(
    fc.property(squashing, ({ seed, n, length, scale }) => {
      const model = compiled(
        body("input x[t] : R[n]\nparam W, U\nh[0] = 0.2\noutput h[t] : R[n] = tanh(W h[t-1] + U x[t])"),
        { statics: { n } },
      );
      const drawn = paramsOf(model.model, seed);
      const params = { ...drawn, W: drawn.W!.map((value) => scale * value) as Values };
      const example = { x: sequence(seed, length, n) };
      const h = rows(outputsOf(model, params, example).h!, n);
      /** diag(1 - h[t]^2) W */
      const step = (t: number): Vector =>
        scaledRows(
          h[t]!.map((value) => 1 - value * value),
          [...params.W],
        );
      const subject = variablesOf(model.elaborated).filter(({ name }) => name === "h");
      const [told] = flowOf(model.elaborated, [subject])(params, example).states;
      for (let k = 0; k < length; k += 1) {
        let [jacobian, bound] = [identity(n), 1];
        for (let t = k; t < length; t += 1) {
          if (t > k) {
            jacobian = product(step(t), jacobian, n);
            bound *= largestSingularValue(step(t), n);
            near(told!.spectral[t - 1]![t]!, largestSingularValue(step(t), n));
          }
          near(told!.spectral[k]![t]!, largestSingularValue(jacobian, n));
          assert.ok(told!.spectral[k]![t]! <= bound * (1 + 1e-9), `k = ${k}, t = ${t}`);
        }
      }
    }),
    runs(8),
  );
});

/** As far as the power iteration of the other way finds a norm. */
const near = (found: number, norm: number): void =>
  assert.ok(Math.abs(found - norm) <= 1e-6 * Math.max(norm, 1e-9), `${found} is not ${norm}`);

test("a singular value above 1 is not enough to explode: the gradient of a nilpotent matrix is exactly 0 at lag 2", () => {
  const W = [0, 2, 0, 0];
  assert.equal(norm(atStart(W, 1, [1, 1])), 2);
  assert.deepEqual(atStart(W, 2, [1, 1]).map(Math.abs), [0, 0]);
});

/** The norm of dh[T]/dh[0] of h[t] = W h[t-1], from its rows: the gradients of the components. */
const flowAfter = (W: Vector, n: number, steps: number): number =>
  largestSingularValue(
    identity(n).flatMap((_, place, one) => (place % n === 0 ? atStart(W, steps, one.slice(place, place + n)) : [])),
    n,
  );

test("with all eigenvalues below 1 gradients vanish as fast as the powers of the greatest, whatever the singular values are", () => {
  fc.assert(
    fc.property(withRadius(fc.double({ min: 0.1, max: 0.9, noNaN: true })), ({ W, n, greatest, condition }) => {
      for (const steps of [1, 10, 100])
        assert.ok(flowAfter(W, n, steps) <= condition * greatest ** steps * (1 + 1e-6) + 1e-300);
      assert.ok(flowAfter(W, n, 1000) < 1e-30 * condition);
    }),
    runs(40),
  );
});

test("gradients explode only if an eigenvalue is above 1: with none they stay bounded, with one they grow as its powers", () => {
  fc.assert(
    fc.property(withRadius(fc.constant(1)), ({ W, n, condition }) => {
      for (const steps of [1, 30, 1000]) assert.ok(flowAfter(W, n, steps) <= condition * (1 + 1e-6));
    }),
    runs(40),
  );
  fc.assert(
    fc.property(withRadius(fc.double({ min: 1.05, max: 1.5, noNaN: true })), ({ W, n, greatest }) => {
      for (const steps of [10, 100]) assert.ok(flowAfter(W, n, steps) >= greatest ** steps * (1 - 1e-6));
    }),
    runs(40),
  );
});

test("an eigenvalue above 1 is necessary to explode and not sufficient: a squashing network with one may vanish", () => {
  const model = compiled(
    body(
      "input z[t] : R\ninput h0 : R\nparam w : R\nh[0] = h0\noutput h[t] : R = tanh(w * h[t-1] + 5 + 0 * z[t])\nminimize h[T]",
      "",
    ),
    { wrt: ["h0"] },
  );
  const example = { z: Array.from({ length: 50 }, () => 0), h0: 0.1 };
  const { gradient } = gradientOf(model, paramsOf(model.model, 1, { w: [1.5] }), example);
  assert.ok(Math.abs(gradient.h0![0]!) < 1e-100);
});

test("through a scaled rotation the logarithm of the gradient's norm is a straight line in the lag", () => {
  for (const scale of [0.7, 1, 1.3]) {
    const W = [Math.cos(0.6), -Math.sin(0.6), Math.sin(0.6), Math.cos(0.6)].map((value) => scale * value);
    for (const lag of [1, 10, 50]) close([Math.log(norm(atStart(W, lag, [1, 0])))], [lag * Math.log(scale)], 1e-10);
  }
});
