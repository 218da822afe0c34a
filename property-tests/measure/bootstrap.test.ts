import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { estimated, usualResampling } from "../../src/measure/bootstrap.ts";
import { ratio } from "../../src/measure/statistic.ts";
import { normals } from "./observed.ts";

const meanOf = (values: ReadonlyArray<number>) =>
  ratio(
    values,
    values.map(() => 1),
  );

const estimateOf = (values: ReadonlyArray<number>, seed = 1, resamples = 1000) =>
  estimated(values.length, [meanOf(values)], { seed, resamples })[0]!;

const values = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 8, maxLength: 60 });

test("a mean lies in its interval, which lies between the least and the greatest value", () => {
  fc.assert(
    fc.property(values, (all) => {
      const { value, interval } = estimateOf(all, 1, 400);
      const mean = all.reduce((a, b) => a + b, 0) / all.length;
      assert.ok(Math.abs(value - mean) < 1e-12);
      const [low, high] = interval!;
      assert.ok(low <= value + 1e-12 && value <= high + 1e-12, `${low} ${value} ${high}`);
      assert.ok(Math.min(...all) - 1e-12 <= low && high <= Math.max(...all) + 1e-12);
    }),
    { numRuns: 30 },
  );
});

test("the interval of a mean is as wide as the normal one, and with four times the examples half as wide", () => {
  const normal = normals(3);
  const all = Array.from({ length: 1600 }, normal);
  const widthOf = (count: number): number => {
    const [low, high] = estimateOf(all.slice(0, count)).interval!;
    return high - low;
  };
  for (const count of [100, 400, 1600]) {
    const chosen = all.slice(0, count);
    const mean = chosen.reduce((a, b) => a + b, 0) / count;
    const deviation = Math.sqrt(chosen.reduce((total, value) => total + (value - mean) ** 2, 0) / count);
    const right = (2 * 1.96 * deviation) / Math.sqrt(count);
    assert.ok(Math.abs(widthOf(count) / right - 1) < 0.1, `${count}: ${widthOf(count)} ${right}`);
  }
});

test("the same seed gives the same interval, another one another, and neither another value", () => {
  fc.assert(
    fc.property(values, fc.integer(), (all, seed) => {
      assert.deepEqual(estimateOf(all, seed, 100), estimateOf(all, seed, 100));
      assert.equal(estimateOf(all, seed, 100).value, estimateOf(all, seed + 1, 100).value);
    }),
    { numRuns: 30 },
  );
  const all = Array.from({ length: 30 }, normals(4));
  const intervals = [1, 2, 3, -4].map((seed) => JSON.stringify(estimateOf(all, seed).interval));
  assert.equal(new Set(intervals).size, 4);
});

test("statistics see the same draws, so one that is twice another has an interval that is twice the other's", () => {
  fc.assert(
    fc.property(values, (all) => {
      const twice = meanOf(all.map((value) => 2 * value));
      const [one, other] = estimated(all.length, [meanOf(all), twice], { seed: 5, resamples: 100 });
      assert.deepEqual(
        one!.interval!.map((end) => 2 * end),
        other!.interval,
      );
    }),
    { numRuns: 20 },
  );
});

test("an example is drawn whole: with observations that say the same in each, the interval is that of the examples", () => {
  const all = Array.from({ length: 40 }, normals(9));
  const each = estimated(
    all.length,
    [
      ratio(
        all.map((value) => 25 * value),
        all.map(() => 25),
      ),
    ],
    usualResampling,
  );
  for (const [i, end] of estimateOf(all).interval!.entries()) assert.ok(Math.abs(end - each[0]!.interval![i]!) < 1e-12);
});

test("one example alone has no interval, and draws without an observation are left out", () => {
  assert.equal(estimateOf([3]).interval, null);
  const [found] = estimated(2, [ratio([4, 0], [2, 0])], usualResampling);
  assert.deepEqual(found, { value: 2, interval: [2, 2] });
});
