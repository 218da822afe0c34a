import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { body, close, compiled, noise, outputsOf, paramsOf, runs, sequence } from "../std/compiled.ts";
import type { Packing } from "./alike.ts";

const around = (cell: string) =>
  compiled(body(`input x[t] : R[k]\noutput h[t] = ${cell}(n)(x[t])\nminimize sum[t](sumsq(h[t] - 0.1))`));
const slideGru = around("GRUWithoutBias");
const ones = { x: [[1, 0]] };
const pinned = (update: number, seed: number) =>
  paramsOf(slideGru.model, seed, { "h.Wz": [update, 0, update, 0, update, 0], "h.Uz": noise(1, 9).map(() => 0) });

test("the slide's GRU has six matrices and no bias, keeps its state for z = 0 and takes the candidate for z = 1", () => {
  assert.deepEqual(
    slideGru.model.params.map(({ shape }) => shape.length),
    [2, 2, 2, 2, 2, 2],
  );
  const model = compiled(
    body("input x[t] : R[k]\ninput h0 : R[n]\noutput h[t] = GRUWithoutBias(n)(x[t]) with h[0] = h0"),
  );
  const h0 = [0.3, -0.2, 0.9];
  assert.deepEqual(outputsOf(model, pinned(-1000, 3), { ...ones, h0 }).h, h0);
  const candidate = compiled(
    body(`input x[t] : R[k]
input h0 : R[n]
param W, U, A, B
r[t] = sigmoid(A x[t] + B h0)
output h[t] : R[n] = tanh(W x[t] + U (r[t] * h0))`),
  );
  const params = pinned(1000, 3);
  const same = { W: params["h.Wh"], U: params["h.Uh"], A: params["h.Wr"], B: params["h.Ur"] };
  const given = paramsOf(candidate.model, 1, Object.fromEntries(Object.entries(same).map(([a, b]) => [a, [...b!]])));
  close(outputsOf(model, params, { ...ones, h0 }).h!, outputsOf(candidate, given, { ...ones, h0 }).h!);
});

const after = around("GRUResetAfter");
/** The other dialect keeps the old state where this one lets the new one in: sigmoid(-a) = 1 - sigmoid(a). */
const otherPolarity = (params: Readonly<Record<string, ArrayLike<number>>>) =>
  Object.fromEntries(
    after.model.params.map(({ path, shape }) => {
      const values = Array.from(params[path] ?? noise(1, shape[0]!).map(() => 0));
      return [path, path.endsWith("z") ? values.map((value) => -value) : values];
    }),
  );
const agree = (seed: number, given: Readonly<Record<string, ReadonlyArray<number>>>): boolean => {
  const params = paramsOf(slideGru.model, seed, given);
  const x = [
    [1, 0.5],
    [1, -0.5],
    [1, 0.2],
  ];
  const [mine, theirs] = [
    outputsOf(slideGru, params, { x }).h!,
    outputsOf(after, paramsOf(after.model, seed, otherPolarity(params)), { x }).h!,
  ];
  return mine.every((value, i) => Math.abs(value - theirs[i]!) < 1e-12);
};

test("whether the reset gate acts before or after the matrix makes two GRUs, which agree where it is open", () => {
  const seeds = fc.integer({ min: 1, max: 1000 });
  const dialects = fc.check(
    fc.property(seeds, (seed) => agree(seed, {})),
    { numRuns: 20 },
  );
  assert.ok(dialects.failed, "the search finds parameters for which they differ");
  const open = { "h.Wr": [1000, 0, 1000, 0, 1000, 0], "h.Ur": noise(1, 9).map(() => 0) };
  fc.assert(
    fc.property(seeds, (seed) => agree(seed, open)),
    runs(5),
  );
});

test("the GRU with biases at 0 is the slide's", () => {
  const full = around("GRU");
  const withZeros: Packing = (tensors) => ({ ...tensors, "h.bz": [0, 0, 0], "h.br": [0, 0, 0], "h.bh": [0, 0, 0] });
  const params = paramsOf(slideGru.model, 8);
  const x = sequence(8, 4, 2);
  close(
    outputsOf(slideGru, params, { x }).h!,
    outputsOf(full, paramsOf(full.model, 8, withZeros(params as never)), { x }).h!,
  );
});

test("a GRU carries one state where an LSTM carries two, and stands wherever the LSTM's output is read", () => {
  const states = (cell: string) => {
    const model = around(cell);
    return Object.keys(model.start(paramsOf(model.model, 1)).values).length;
  };
  assert.deepEqual([states("GRU"), states("LSTM")], [1, 2]);
  for (const cell of ["GRU", "LSTM"])
    assert.deepEqual(
      compiled(body(`input x[t] : R[k]\noutput p = softmax(Encode(${cell}, n)(x[t]))`)).model.outputs[0]!.shape,
      [3],
    );
});
