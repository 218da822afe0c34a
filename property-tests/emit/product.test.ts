import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { product } from "../../src/emit/javascript/kernels/product.js";
import { keptPanels } from "../../src/emit/javascript/kernels/product-of-panels.js";

/** A matrix in an arena: where it begins, and the steps from row to row and from column to column. */
interface View {
  readonly start: number;
  readonly row: number;
  readonly column: number;
}

/** How a matrix of some rows and columns may lie in memory: row by row or column by column, gaps, from its end. */
const layout = fc.record({
  byColumns: fc.boolean(),
  gap: fc.nat(2),
  spread: fc.integer({ min: 1, max: 2 }),
  rowsBack: fc.boolean(),
  columnsBack: fc.boolean(),
});
type Layout = typeof layout extends fc.Arbitrary<infer L> ? L : never;

/** The view of a matrix that begins no sooner than `from`, and the first place after it. */
const placed = (
  { byColumns, gap, spread, rowsBack, columnsBack }: Layout,
  rows: number,
  columns: number,
  from: number,
): { readonly view: View; readonly end: number } => {
  const line = (byColumns ? rows : columns) * spread + gap;
  const [row, column] = byColumns ? [spread, line] : [line, spread];
  const last = (count: number, step: number) => Math.max(count - 1, 0) * step;
  return {
    view: {
      start: from + (rowsBack ? last(rows, row) : 0) + (columnsBack ? last(columns, column) : 0),
      row: rowsBack ? -row : row,
      column: columnsBack ? -column : column,
    },
    end: from + last(rows, row) + last(columns, column) + 1,
  };
};

const at = ({ start, row, column }: View, i: number, j: number): number => start + i * row + j * column;

const size = (most: number) => fc.oneof(fc.nat(5), fc.integer({ min: 7, max: most }));
const number = fc.oneof(
  { weight: 20, arbitrary: fc.double({ min: -2, max: 2, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, Number.POSITIVE_INFINITY, Number.NaN, 1e300, 1e-300) },
);

const cases = fc.record({
  sizes: fc.oneof(
    { weight: 40, arbitrary: fc.tuple(size(40), size(20), size(50)) },
    // More rows than the panels hold at once.
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom(105, 106, 211), fc.integer({ min: 8, max: 12 }), fc.constant(2501)),
    },
    // As many terms as there may be in a panel, and one more.
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(8, 9), fc.constantFrom(8, 9), fc.constantFrom(65536, 65537)) },
  ),
  layouts: fc.tuple(layout, layout, layout),
  values: fc.array(number, { minLength: 50, maxLength: 500 }),
  single: fc.boolean(),
  // The sums are doubles in an arena of their own.
  apart: fc.boolean(),
  add: fc.boolean(),
  // A sum of nothing but -0 is -0.
  negativeZeros: fc.nat(9).map((at) => at === 0),
  // How often the right operand is taken that was packed once, beside others before and behind it.
  kept: fc.nat(2),
});

test("an element of a product is the sum of its terms in order, rounded once, and nothing else changes", () => {
  fc.assert(
    fc.property(cases, ({ sizes, layouts: [ofA, ofB, ofC], values, single, apart, add, negativeZeros, kept }) => {
      const [m, n, k] = sizes;
      const a = placed(ofA, m, k, 0);
      const b = placed(ofB, k, n, a.end);
      const c = placed(ofC, m, n, apart ? 0 : b.end);
      const arena = single ? new Float32Array(Math.max(b.end, c.end)) : new Float64Array(Math.max(b.end, c.end));
      const sums = apart ? new Float64Array(c.end) : arena;
      for (let i = 0; i < arena.length; i++) arena[i] = values[(i * 31 + (i >> 7)) % values.length]!;
      if (negativeZeros) arena.fill(1, 0, a.end).fill(-0, a.end);
      if (apart) sums.set(arena.subarray(0, c.end));
      const [given, before, expected] = [arena.slice(), sums.slice(), sums.slice()];
      for (let i = 0; i < m; i++)
        for (let j = 0; j < n; j++) {
          const place = at(c.view, i, j);
          let sum = add ? expected[place]! : 0;
          for (let p = 0; p < k; p++) sum += given[at(a.view, i, p)]! * given[at(b.view, p, j)]!;
          expected[place] = sum;
        }
      const [left, right, sum] = [a, b, c].map(({ view }) => [view.start, view.row, view.column] as const);
      if (kept === 0) product(arena, ...left!, ...right!, sums, ...sum!, m, n, k, add);
      else {
        const place = keptPanels(arena, ...right!, m, n, k, 1, 3);
        for (const other of [0, 2]) keptPanels(arena, ...left!, m, n, k, other, 3);
        for (let turn = 0; turn < kept; turn++) {
          if (add && turn > 0) sums.set(before);
          product(arena, ...left!, ...right!, sums, ...sum!, m, n, k, add, place);
        }
      }
      assert.deepEqual(sums, expected);
      if (apart) assert.deepEqual(arena, given);
    }),
    { numRuns: 400 },
  );
});
