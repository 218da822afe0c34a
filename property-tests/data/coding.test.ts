import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { DeclaredVariable } from "../../src/data/coding/declared.ts";
import { type Measured, measureReals, scalingOf } from "../../src/data/coding/scaling.ts";
import { givenOf } from "../../src/data/coding/values.ts";

const variable = (role: "input" | "target", axes: ReadonlyArray<string>): DeclaredVariable => ({
  name: "x",
  role,
  axes,
  type: { tag: "real", sizes: [] },
  reserved: [],
  isOpen: true,
  drawn: undefined,
});

const numbers = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 30 });

test("a scale moves what it was measured of to mean 0 and deviation 1, whatever it is measured of in one piece", () => {
  fc.assert(
    fc.property(numbers, fc.nat(), (values, cut) => {
      const at = cut % values.length;
      const measured = new Map<string, Measured>();
      for (const value of [values.slice(0, at), values.slice(at)])
        measureReals(measured, variable("input", ["t"]), { tag: "one", value });
      const { mean, deviation } = scalingOf(measured.get("x")!);
      const spread = Math.max(...values) - Math.min(...values);
      if (spread < 1e-6) return;
      const moved = values.map((value) => (value - mean[0]!) / deviation[0]!);
      const average = moved.reduce((a, b) => a + b, 0) / moved.length;
      assert.ok(Math.abs(average) < 1e-6);
      assert.ok(Math.abs(moved.reduce((sum, value) => sum + value * value, 0) / moved.length - 1) < 1e-6);
    }),
  );
});

test("what never varies is moved and not stretched", () => {
  const measured = new Map<string, Measured>();
  measureReals(measured, variable("input", ["t"]), { tag: "one", value: [7, 7, 7] });
  assert.deepEqual(scalingOf(measured.get("x")!), { mean: [7], deviation: [1] });
});

const windows = fc.record({
  window: fc.integer({ min: 1, max: 5 }),
  ahead: fc.integer({ min: 1, max: 5 }),
});

/** Rows that are numbered from 0, as many as a window and what is looked ahead to take. */
const sampleOf = (window: number, ahead: number) => ({
  path: "",
  line: 1,
  rows: Array.from({ length: window + ahead }, (_, i) => ({ path: "", line: i, fields: { x: i }, isTyped: false })),
  fields: undefined,
  group: undefined,
});

const from = (first: number, count: number): ReadonlyArray<number> =>
  Array.from({ length: count }, (_, i) => first + i);

test("of a window inputs have its rows; targets are so many rows later at each position, the rows that follow, or the last of these", () => {
  fc.assert(
    fc.property(windows, ({ window, ahead }) => {
      const sample = sampleOf(window, ahead);
      const of = (role: "input" | "target", axes: ReadonlyArray<string>, shares: boolean) => {
        const given = givenOf(sample, variable(role, axes), ["x"], shares, { window, ahead });
        assert.ok(given.tag === "one");
        return given.value;
      };
      assert.deepEqual(of("input", ["t"], true), from(0, window));
      assert.deepEqual(of("target", ["t"], true), from(ahead, window));
      assert.deepEqual(of("target", ["s"], false), from(window, ahead));
      assert.equal(of("target", [], false), window + ahead - 1);
    }),
  );
});
