import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { noCoding } from "../../src/data/coding/coding.ts";
import { type DeclaredVariable, declaredIn } from "../../src/data/coding/declared.ts";
import { exampleOf } from "../../src/data/coding/example.ts";
import { learn } from "../../src/data/coding/learn.ts";
import { type Measured, measureReals, scalingOf } from "../../src/data/coding/scaling.ts";
import { givenOf } from "../../src/data/coding/values.ts";
import type { Fields, Listed } from "../../src/data/record.ts";
import type { Sample } from "../../src/data/sample.ts";
import { compiledProgram } from "../property/programs.ts";

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

const listOf = (all: ReadonlyArray<Fields>): Listed<Sample> => ({
  count: all.length,
  at: (i) =>
    E.right({
      path: "",
      line: i,
      rows: [{ path: "", line: i, fields: all[i]!, isTyped: true }],
      fields: all[i]!,
      group: undefined,
    }),
});

test("scales, widths and words are those of the training part, whatever is held out; classes are those of all data", () => {
  const declared = declaredIn(
    `model M(V, m) {
  axis t in 1..T
  input w[t] : symbol[V]
  input x : R
  param b : R
  param c : R[m]
  y ~ normal(b * x, 1)
  k : symbol[m] ~ categorical(softmax(c))
}`,
    "",
  );
  const wishes = {
    ...({ map: {}, tokens: "chars", lower: false, minimum: 1, missing: null } as const),
    normalise: ["x", "y"],
    stretch: { window: undefined, ahead: 1 },
  };
  const record = fc.record({
    w: fc.stringMatching(/^[ab]{1,3}$/),
    x: fc.nat(9),
    y: fc.nat(9),
    k: fc.constantFrom("p", "q"),
  });
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 6 }), (all) => {
      const learned = (heldOut: ReadonlyArray<Fields>) => {
        const found = learn(
          declared,
          { given: {}, defaults: { V: null, m: null } },
          wishes,
          listOf(all),
          listOf(heldOut),
        );
        assert.ok(E.isRight(found));
        return found.right.coding;
      };
      const [alone, beside] = [learned([]), learned([{ w: "zz", x: 1000, y: -1000, k: "r" }])];
      assert.deepEqual(beside.scalings, alone.scalings);
      assert.deepEqual(beside.vocabularies.w, alone.vocabularies.w);
      assert.deepEqual(beside.vocabularies.k!.entries, [...new Set([...alone.vocabularies.k!.entries, "r"])].sort());
      const mean = all.reduce((sum, { y }) => sum + y, 0) / all.length;
      assert.ok(Math.abs(alone.scalings.y!.mean[0]! - mean) < 1e-9);
    }),
  );
});

const masked = `model M {
  axis t in 1..T
  input x[t] : R
  input z[t] : R
  input m[t] : R
  param a : R
  y[t] ~ normal(a * m[t] * (x[t] + z[t]), 1)
}`;

test("what is missing of inputs becomes 0, which after normalising is their mean, and the mask is 1 where all are there; of a target it stays away", () => {
  const { model } = compiledProgram(masked);
  const scaling = { mean: [5], deviation: [2] };
  const coding = { ...noCoding, missing: "m", scalings: { x: scaling } };
  const encoder = {
    declared: declaredIn(masked, ""),
    model,
    coding,
    stretch: { window: undefined, ahead: 1 },
    isTraining: true,
    isChoosing: true,
  };
  const value = fc.option(fc.integer({ min: -9, max: 9 }));
  const series = fc.array(fc.record({ x: value, z: value, y: value }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(series, (rows) => {
      const fields = Object.fromEntries((["x", "z", "y"] as const).map((name) => [name, rows.map((row) => row[name])]));
      const sample = listOf([fields]).at(0);
      assert.ok(E.isRight(sample));
      assert.deepEqual(
        exampleOf(encoder, sample.right),
        E.right({
          x: rows.map(({ x }) => (x === null ? 0 : (x - 5) / 2)),
          z: rows.map(({ z }) => z ?? 0),
          y: rows.map(({ y }) => y),
          m: rows.map(({ x, z }) => (x === null || z === null ? 0 : 1)),
        }),
      );
    }),
  );
});

const maskedVector = `model M {
  axis t in 1..T
  input x[t] : R[2]
  input m[t] : R
  param w : R[2]
  y[t] ~ normal(m[t] * w^T x[t], 1)
}`;

test("a component that is missing of a vector becomes 0 and the others stay, a vector that is missing is zeros, in one field or in several, and the mask tells both", () => {
  const { model } = compiledProgram(maskedVector);
  const encoder = {
    declared: declaredIn(maskedVector, ""),
    model,
    coding: { ...noCoding, missing: "m" },
    stretch: { window: undefined, ahead: 1 },
    isTraining: true,
    isChoosing: true,
  };
  const component = fc.option(fc.integer({ min: -9, max: 9 }));
  const vectors = fc.array(fc.option(fc.tuple(component, component)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(vectors, (x) => {
      const y = x.map(() => 1);
      const expected = E.right({
        x: x.map((vector) => vector?.map((value) => value ?? 0) ?? [0, 0]),
        y,
        m: x.map((vector) => (vector?.every((value) => value !== null) === true ? 1 : 0)),
      });
      const of = (fields: Fields, coding = encoder.coding) => {
        const sample = listOf([fields]).at(0);
        assert.ok(E.isRight(sample));
        return exampleOf({ ...encoder, coding }, sample.right);
      };
      const [a, b] = [0, 1].map((i) => x.map((vector) => vector?.[i] ?? null));
      assert.deepEqual(of({ x, y }), expected);
      assert.deepEqual(of({ a, b, y }, { ...encoder.coding, fields: { x: ["a", "b"] } }), expected);
      // A field that is missing whole is missing everywhere.
      const half = of({ a: null, b, y }, { ...encoder.coding, fields: { x: ["a", "b"] } });
      assert.deepEqual(half, E.right({ x: b!.map((value) => [0, value ?? 0]), y, m: x.map(() => 0) }));
    }),
  );
});

test("a cell that holds a vector, or says that it is missing, is zeros where it is, and gives no width", () => {
  const source = "model M(k) {\n  input x : R[k]\n  input m : R\n  param b : R\n  y ~ normal(b * m, 1)\n}";
  const declared = declaredIn(source, "");
  const cells = ["NA", "", "1 2 3", "4, NA, 6"];
  const samples = cells.map((x) => {
    const fields = { x, y: "1" };
    return { path: "", line: 1, rows: [{ path: "", line: 1, fields, isTyped: false }], fields, group: undefined };
  });
  const wishes = {
    ...({ map: {}, tokens: "chars", lower: false, minimum: 1, missing: "m", normalise: [] } as const),
    stretch: { window: undefined, ahead: 1 },
  };
  const all: Listed<Sample> = { count: samples.length, at: (i) => E.right(samples[i]!) };
  const learned = learn(declared, { given: {}, defaults: { k: null } }, wishes, all, listOf([]));
  assert.ok(E.isRight(learned));
  assert.deepEqual(learned.right.statics, { k: 3 });
  const { model } = compiledProgram(source.replace("M(k)", "M(k = 3)"));
  const { coding } = learned.right;
  const encoder = { declared, model, coding, stretch: wishes.stretch, isTraining: true, isChoosing: true };
  assert.deepEqual(
    samples.map((sample) => exampleOf(encoder, sample)),
    [
      { x: [0, 0, 0], y: 1, m: 0 },
      { x: [0, 0, 0], y: 1, m: 0 },
      { x: [1, 2, 3], y: 1, m: 1 },
      { x: [4, 0, 6], y: 1, m: 0 },
    ].map((example) => E.right(example)),
  );
});

test("what is wrong is told with the line of its row, whether nothing stands there or what is no value", () => {
  const { model } = compiledProgram(masked);
  const names = ["x", "z", "y", "m"] as const;
  const encoder = {
    declared: declaredIn(masked, ""),
    model,
    coding: noCoding,
    isTraining: true,
    isChoosing: true,
  };
  const faults = fc.record({
    name: fc.constantFrom(...names),
    wrong: fc.constantFrom("?", ""),
    at: fc.nat(),
    window: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    ahead: fc.integer({ min: 1, max: 3 }),
    gaps: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 7, maxLength: 7 }),
  });
  fc.assert(
    fc.property(faults, ({ name, wrong, at, window, ahead, gaps }) => {
      const count = window === undefined ? gaps.length : window + ahead;
      // Of a window inputs have the first rows, and targets, which are so many rows later, the last.
      const [first, of] = [window !== undefined && name === "y" ? ahead : 0, window ?? count];
      const bad = first + (at % of);
      const lines = gaps.slice(0, count).map((_, i) => gaps.slice(0, i + 1).reduce((a, b) => a + b));
      const rows = lines.map((line, i) => ({
        path: `${i}`,
        line,
        fields: Object.fromEntries(names.map((other) => [other, i === bad && other === name ? wrong : "1"])),
        isTyped: false,
      }));
      const series = { path: "0", line: lines[0]!, rows, fields: undefined, group: undefined };
      const told = exampleOf({ ...encoder, stretch: { window, ahead } }, series);
      assert.ok(E.isLeft(told) && told.left.tag === "malformedLine");
      const { problem, hint, ...place } = told.left;
      assert.deepEqual(place, { tag: "malformedLine", path: `${bad}`, line: lines[bad] });
      if (window !== undefined) return;
      // A record that has rows of its own, as a sentence has.
      const fields = Object.fromEntries(names.map((other) => [other, rows.map((row) => row.fields[other])]));
      const record = { path: "0", line: 1, fields, isTyped: false, lines };
      const block = exampleOf(
        { ...encoder, stretch: { window, ahead } },
        { path: "0", line: 1, rows: [record], fields, group: undefined },
      );
      assert.ok(E.isLeft(block) && block.left.tag === "malformedLine");
      assert.deepEqual(block.left.line, lines[bad]);
    }),
  );
});

test("a value that must be one for all rows is told with the first row that has another", () => {
  const source =
    "model M {\n  axis t in 1..T\n  input x[t] : R\n  input s : R\n  param b : R\n  y[t] ~ normal(b * s * x[t], 1)\n}";
  const rows = [4, 4, 4, 5, 6].map((s, i) => ({
    path: "",
    line: 10 + i,
    fields: { x: "1", y: "1", s },
    isTyped: false,
  }));
  const told = exampleOf(
    {
      declared: declaredIn(source, ""),
      model: compiledProgram(source).model,
      coding: noCoding,
      stretch: { window: undefined, ahead: 1 },
      isTraining: true,
      isChoosing: true,
    },
    { path: "", line: 10, rows, fields: undefined, group: undefined },
  );
  assert.ok(E.isLeft(told) && told.left.tag === "malformedLine");
  assert.deepEqual(told.left.line, 13);
});
