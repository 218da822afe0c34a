import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lengthOf } from "../../src/flow/matrix/matrix.ts";
import { following } from "../../src/flow/slopes.ts";
import { nameOf } from "../../src/flow/spectra.ts";
import { termed, termNorms } from "../../src/flow/terms.ts";
import { often } from "../often.ts";
import { elman, gru, instanceOf, mustBeNear, wholeLstm } from "./programs.ts";

const length = 5;
const positions = [...Array(length).keys()];

for (const [name, program, matrices] of [
  ["a plain recurrent cell", elman, ["W"]],
  ["a GRU", gru, ["V", "S", "W"]],
  ["an LSTM", wholeLstm, ["V", "S", "W"]],
] as const)
  test(`over all t and k the terms of ${name} add up to the gradient by each matrix, and none is of a k after its t`, () => {
    const { compiled } = instanceOf(program, 1, length);
    const { elaborated } = compiled;
    const [along, ...others] = termed(elaborated);
    assert.deepEqual(others, []);
    const names = along!.matrices.map((node) => nameOf(elaborated, node));
    assert.deepEqual(names.toSorted(), matrices.toSorted());
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { params, example } = instanceOf(program, seed, length);
        const { gradient } = compiled.gradient(params, compiled.pack([example]));
        const terms = positions.map((t) => along!.termsAt(params, example, t, length));
        names.forEach((path, m) => {
          const sum = new Float64Array(9);
          terms.forEach((at, t) => {
            at[m]!.forEach((value, i) => {
              sum[i % 9]! += value;
              assert.ok(Math.floor(i / 9) <= t || value === 0, `t = ${t}, element ${i}`);
            });
          });
          mustBeNear(path, sum, gradient[path]!, 1e-11);
        });
      }),
      { numRuns: often(12) },
    );
  });

test("a term of a plain recurrent cell is the outer product of ∂L[t]/∂a[k] and h[k-1]", () => {
  const { compiled, subject } = instanceOf(elman, 1, length);
  const { elaborated } = compiled;
  const along = following(elaborated, subject);
  const [summed] = termed(elaborated);
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const { params, example } = instanceOf(elman, seed, length);
      const { data } = compiled.forward(params, compiled.pack([example])).h!;
      const state = (t: number): ReadonlyArray<number> => (t < 0 ? [0, 0, 0] : [...data.slice(3 * t, 3 * t + 3)]);
      const [{ norms } = assert.fail("no terms")] = termNorms(elaborated, summed!, params, example, length);
      for (const k of positions) {
        const { losses } = along.slopesAt(params, example, k);
        const right = losses.map(
          (loss) =>
            lengthOf(loss.map((value, i) => value * (1 - state(k)[i]! * state(k)[i]!))) * lengthOf(state(k - 1)),
        );
        mustBeNear(`k = ${k}`, norms[k]!, right, 1e-11);
      }
    }),
    { numRuns: often(12) },
  );
});
