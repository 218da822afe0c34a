import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Estimate, estimated, usualResampling } from "../../src/measure/bootstrap.ts";
import { overlapGauge } from "../../src/measure/overlap.ts";
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

const widthOf = ({ interval }: Estimate): number => interval![1] - interval![0];

/** Means of windows of a series of numbers that are independent of each other: a window begins every `stride` numbers. */
const windowMeans = (seed: number, count: number, width: number, stride: number): ReadonlyArray<number> => {
  const normal = normals(seed);
  const numbers = Array.from({ length: (count - 1) * stride + width }, normal);
  return Array.from({ length: count }, (_, i) => {
    const window = numbers.slice(i * stride, i * stride + width);
    return window.reduce((a, b) => a + b, 0) / width;
  });
};

test("blocks of one are the ordinary bootstrap, and in blocks of any length each example is drawn as often as any other", () => {
  fc.assert(
    fc.property(values, fc.integer(), (all, seed) => {
      const asked = { seed, resamples: 60 };
      assert.deepEqual(estimated(all.length, [meanOf(all)], asked, 1), estimated(all.length, [meanOf(all)], asked));
    }),
    { numRuns: 20 },
  );
  const drawn = new Float64Array(23);
  const note = (times: ArrayLike<number>): number => {
    let total = 0;
    for (let i = 0; i < drawn.length; i++) {
      drawn[i]! += times[i]!;
      total += times[i]!;
    }
    assert.equal(total, drawn.length);
    return 0;
  };
  estimated(drawn.length, [note], { seed: 1, resamples: 4000 }, 5);
  for (const count of drawn) assert.ok(Math.abs(count / 4001 - 1) < 0.06, `${count}`);
});

test("of windows that overlap the interval of the mean is nearly as wide as it is off, where that of windows that are taken for independent is far too narrow", () => {
  const [count, width] = [800, 12];
  const mean = (all: ReadonlyArray<number>): number => all.reduce((a, b) => a + b, 0) / all.length;
  const means = Array.from({ length: 400 }, (_, seed) => mean(windowMeans(seed + 50, count, width, 1)));
  const right = 2 * 1.96 * Math.sqrt(means.reduce((total, value) => total + value ** 2, 0) / means.length);
  for (const seed of [1, 2, 3, 4]) {
    const all = windowMeans(seed, count, width, 1);
    const [alone, blocks] = [1, width].map((block) =>
      widthOf(estimated(count, [meanOf(all)], { seed, resamples: 400 }, block)[0]!),
    );
    assert.ok(alone! < 0.4 * right, `${alone} ${right}`);
    assert.ok(blocks! > 0.6 * right && blocks! < 1.2 * right, `${blocks} ${right}`);
  }
});

test("where one block has all examples there is no interval", () => {
  const all = Array.from({ length: 9 }, normals(2));
  for (const block of [9, 30]) assert.equal(estimated(9, [meanOf(all)], usualResampling, block)[0]!.interval, null);
  assert.notEqual(estimated(9, [meanOf(all)], usualResampling, 8)[0]!.interval, null);
});

test("a block is as long as windows overlap: of a series as many in a row as share a row, across series and of records one", () => {
  const windows = fc.record({
    window: fc.integer({ min: 1, max: 9 }),
    stride: fc.integer({ min: 1, max: 12 }),
    counts: fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 4 }),
  });
  fc.assert(
    fc.property(windows, ({ window, stride, counts }) => {
      const gauge = overlapGauge();
      const all = counts.flatMap((count, series) =>
        Array.from({ length: count }, (_, i) => ({ series, from: i * stride, to: i * stride + window - 1 })),
      );
      for (const { series, from, to } of all) {
        const rows = Array.from({ length: to - from + 1 }, (_, i) => ({
          path: "f",
          line: from + i + 2,
          fields: {},
          isTyped: true,
        }));
        const sample = { path: "f", line: from + 2, rows, fields: undefined, group: `${series}` };
        gauge.add({ example: {}, sample });
      }
      const overlapping = all.map(
        (one) =>
          all.filter((other) => other.series === one.series && other.from >= one.from && other.from <= one.to).length,
      );
      assert.equal(gauge.most(), Math.max(...overlapping));
    }),
  );
  const gauge = overlapGauge();
  for (const line of [2, 2, 2]) {
    const record = { path: "f", line, fields: { x: 1 }, isTyped: true };
    gauge.add({ example: {}, sample: { path: "f", line, rows: [record], fields: record.fields, group: undefined } });
    gauge.add({ example: {}, sample: undefined });
  }
  assert.equal(gauge.most(), 1);
});
