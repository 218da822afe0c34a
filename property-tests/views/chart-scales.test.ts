import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { plotSvg } from "../../src/views/chart/plot.ts";
import { counting, logarithmic } from "../../src/views/chart/scale.ts";

test("what is counted is marked at different whole numbers between its ends", () => {
  const ends = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 100_000 }));
  fc.assert(
    fc.property(ends, ([low, more]) => {
      const { marks } = counting(low, low + more);
      assert.ok(marks.length > 0 && marks.length <= 7);
      assert.equal(new Set(marks).size, marks.length);
      for (const mark of marks) assert.ok(Number.isInteger(mark) && mark >= low && mark <= low + more);
    }),
  );
});

test("a logarithmic scale says that it is one, and has two marks or more between its ends, however near these are", () => {
  const value = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (values) => {
      const { marks, low, high, isLogarithmic } = logarithmic(values);
      assert.equal(isLogarithmic, true);
      assert.ok(marks.length > 1, `${low} to ${high}: ${marks.join()}`);
      for (const mark of marks) assert.ok(mark >= low * (1 - 1e-6) && mark <= high * (1 + 1e-6), `${mark}`);
    }),
  );
});

const sideOf = (name: string, length: number) => ({
  name,
  labels: Array.from({ length }, (_, i) => String(i + 1)),
  isWords: false,
});

test("a curve says of what it is, and no name of a side is cut off", () => {
  const about = "runs/a, on example 1 of the held-out part of data.csv, which has a long name";
  const curve = plotSvg({ title: "a[t]", about, sides: [sideOf("t", 4)], values: [[1, 2, 3, 4]] });
  assert.ok(curve.includes(`>${about}<`));
  assert.ok(Number(/viewBox="0 0 ([\d.]+)/.exec(curve)![1]) > 64 + 6 * about.length);
  const values = [
    [1, 2, 3],
    [1, 2, 3],
  ];
  const map = plotSvg({ title: "g[t]", about, sides: [sideOf("component", 2), sideOf("t", 3)], values });
  const x = Number(/<text x="([\d.]+)"[^>]*>component</.exec(map)![1]);
  assert.ok(x > (6.8 * "component".length) / 2);
});
