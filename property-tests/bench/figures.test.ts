import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isRight } from "fp-ts/lib/Either.js";
import { flopsOf } from "../../bench/flops.ts";
import { timingOf } from "../../bench/statistics.ts";
import { compile } from "../../src/compile.ts";
import type { LoopProgram } from "../../src/loops/loops.ts";
import { schedule } from "../../src/schedule/schedule.ts";

const size = fc.integer({ min: 1, max: 9 });

const forwardOf = (source: string, statics: Readonly<Record<string, number>>): LoopProgram => {
  const compiled = compile(source, { statics });
  assert.ok(isRight(compiled));
  return schedule(compiled.right.circuits.forward);
};

test("a matrix times a vector is two operations for each element of the matrix and each example", () => {
  const source = "model M(m, n) { input x : R[n]\n param W : R[m,n]\n output y = W x }";
  fc.assert(
    fc.property(size, size, size, (m, n, examples) => {
      assert.equal(flopsOf(forwardOf(source, { m, n }), [examples]), 2 * m * n * examples);
    }),
    { numRuns: 20 },
  );
});

test("the operations of a recurrence are proportional to the examples and grow evenly with the steps", () => {
  const source = `model M(n) { axis t in 1..T
    input x[t] : R[n]
    param W, U : R[n,n]
    h[0] = 0
    output h[t] = tanh(W h[t-1] + U x[t]) }`;
  fc.assert(
    fc.property(size, size, size, (n, examples, length) => {
      const program = forwardOf(source, { n });
      const at = (steps: number) => flopsOf(program, [examples, steps]);
      assert.equal(at(length), examples * flopsOf(program, [1, length]));
      assert.equal(at(length + 2) - at(length + 1), at(length + 1) - at(length));
    }),
    { numRuns: 20 },
  );
});

test("percentiles lie in order among the samples, however these come", () => {
  const samples = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(samples, (found) => {
      const { p10, median, p90 } = timingOf(found);
      assert.ok(Math.min(...found) <= p10 && p10 <= median && median <= p90 && p90 <= Math.max(...found));
      assert.deepEqual(timingOf(found.toReversed()), timingOf(found));
    }),
  );
});
