import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { productOf } from "../../src/flow/distances.ts";
import { flowOf } from "../../src/flow/flow.ts";
import { type Matrix, matrixOf } from "../../src/flow/matrix/matrix.ts";
import { singularValues } from "../../src/flow/matrix/singular-values.ts";
import { often } from "../often.ts";
import { expressions, gru, instanceOf, type Movable, moves, mustBeNear, ofOneState, times } from "./programs.ts";

const length = 8;
const slack = 1 + 1e-9;

const flowAt = (program: Movable, seed: number, scale = 1) => {
  const { compiled, subject, params, example } = instanceOf(program, seed, length);
  const grown = Object.fromEntries(
    Object.entries(params).map(([path, values]) => [path, values.map((value) => value * scale)]),
  );
  const flow = flowOf(compiled.elaborated, [subject])(grown, example);
  return { params: grown, flow, state: flow.states[0]! };
};

/** What one position stretches each of these by at most, as a formula. */
const bounded: ReadonlyArray<readonly [expression: string, written: string]> = [
  ["tanh(W h[t-1] + U x[t] + b)", "σ(W)"],
  ["sigmoid(W h[t-1])", "0.25 σ(W)"],
  ["0.9 * h[t-1] + 0.1 * tanh(W h[t-1] + U x[t])", "0.9 + 0.1 σ(W)"],
  ["relu(W^T (V h[t-1]))", "σ(W^T) σ(V)"],
  ["sigmoid(a) * h[t-1] + sin(U x[t])", "max |sigmoid(a)|"],
  ["W h[t-1]", "σ(W)"],
];

for (const [expression, written] of bounded)
  test(`the flow through ${expression} stays below (${written})^d and below the products of steps, for every pair`, () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(0.5, 1, 2), (seed, scale) => {
        const { state } = flowAt(ofOneState(expression), seed, scale);
        assert.equal(state.stepBound?.written, written);
        state.spectral.forEach((row, k) => {
          row.forEach((norm, t) => {
            if (t < k) assert.equal(norm, 0);
            else {
              assert.ok(norm <= state.stepBound!.value ** (t - k) * slack, `${k} ${t}`);
              assert.ok(norm <= productOf(state, k, t) * slack, `${k} ${t}`);
            }
          });
        });
      }),
      { numRuns: often(12, 6) },
    );
  });

test("of random programs of one state no norm is above the bound by its equation, where it has one, or the product of steps", () => {
  fc.assert(
    fc.property(expressions, fc.integer(), (expression, seed) => {
      fc.pre(moves(expression));
      const { state } = flowAt(ofOneState(expression), seed);
      state.spectral.forEach((row, k) => {
        row.slice(k).forEach((norm, d) => {
          assert.ok(norm <= productOf(state, k, k + d) * slack);
          if (state.stepBound !== null) assert.ok(norm <= state.stepBound.value ** d * slack + 1e-300);
        });
      });
    }),
    { numRuns: often(24, 6) },
  );
});

test("a gate that a state opens for itself has no bound by its equation alone", () => {
  assert.equal(flowAt(gru, 1).state.stepBound, null);
});

test("the flow through h[t] = W h[t-1] is exactly the greatest singular value of W to the power t - k, its bound only at one step", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const { params, state, flow } = flowAt(ofOneState("W h[t-1]"), seed);
      const W = matrixOf(3, 3, (i, j) => params.W![i * 3 + j]!);
      const power = (d: number): Matrix =>
        d === 0 ? matrixOf(3, 3, (i, j) => Number(i === j)) : times(W, power(d - 1));
      state.spectral.forEach((row, k) => {
        const right = row.map((_, t) => (t < k ? 0 : singularValues(power(t - k))[0]!));
        mustBeNear("norms", row, right, 1e-12);
      });
      mustBeNear("the bound at one step", [state.byDistance[1]!.bound!], [state.byDistance[1]!.mean], 1e-12);
      assert.deepEqual(
        flow.spectra.map(({ name }) => name),
        ["W"],
      );
      mustBeNear("the spectrum", flow.spectra[0]!.singularValues, singularValues(W), 1e-12);
    }),
    { numRuns: often(12, 6) },
  );
});

test("by distance stand the mean, the least and the greatest of all pairs so far apart", () => {
  const { state } = flowAt(ofOneState("tanh(W h[t-1] + U x[t])"), 5);
  state.byDistance.forEach(({ distance, mean, least, greatest }) => {
    const norms = state.spectral.flatMap((row, k) => (k + distance < length ? [row[k + distance]!] : []));
    assert.equal(norms.length, length - distance);
    mustBeNear("mean", [mean], [norms.reduce((a, b) => a + b, 0) / norms.length], 1e-14);
    assert.deepEqual([least, greatest], [Math.min(...norms), Math.max(...norms)]);
  });
});

test("gates are the sigmoids on the way to a state, told by their values: mean, share below 0.1, share above 0.9", () => {
  const source = `model M {
  axis t in 1..T
  input x[t] : R[4]
  g[t] = sigmoid(8 * x[t])
  h[0] = 0
  h[t] : R[4] = g[t] * h[t-1] + x[t]
  q[t] = sigmoid(h[t])
  output g
  output h
  output q
}`;
  const { compiled, subject, params, example } = instanceOf({ source, names: ["h"] }, 3, 6);
  const { gates } = flowOf(compiled.elaborated, [subject])(params, example);
  assert.deepEqual(
    gates.map(({ name }) => name),
    ["g"],
  );
  const rows = (example.x as ReadonlyArray<ReadonlyArray<number>>).map((row) =>
    row.map((value) => 1 / (1 + Math.exp(-8 * value))),
  );
  const share = (is: (value: number) => boolean) => rows.map((row) => row.filter(is).length / 4);
  mustBeNear(
    "mean",
    gates[0]!.mean,
    rows.map((row) => row.reduce((a, b) => a + b, 0) / 4),
    1e-12,
  );
  assert.deepEqual(
    gates[0]!.below,
    share((value) => value < 0.1),
  );
  assert.deepEqual(
    gates[0]!.above,
    share((value) => value > 0.9),
  );
});

test("of long sequences every so-many-th position is looked at, the last among them, with the same numbers", () => {
  const program = ofOneState("tanh(W h[t-1] + U x[t])");
  const { compiled, subject, params, example } = instanceOf(program, 2, 90);
  const state = flowOf(compiled.elaborated, [subject])(params, example).states[0]!;
  assert.deepEqual([state.positions.at(-1), state.positions.length, state.length], [90, 30, 90]);
  const short = instanceOf(program, 2, 1);
  const some = { x: (example.x as ReadonlyArray<unknown>).slice(0, 9) } as typeof example;
  const first = flowOf(short.compiled.elaborated, [short.subject])(params, some).states[0]!;
  mustBeNear("norm", [state.spectral[0]![2]!], [first.spectral[2]![8]!], 1e-12);
});
