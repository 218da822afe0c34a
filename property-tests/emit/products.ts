import assert from "node:assert/strict";
import fc from "fast-check";
import { backEnds } from "../../src/emit/back-ends.ts";
import type { Target } from "../../src/emit/targets.ts";
import type { Dimension, LoopProgram, Product } from "../../src/loops/loops.ts";
import { dimension, fixed, type Size } from "../../src/loops/size.ts";
import type { Precision } from "../../src/runtime/interface.ts";
import type { Program } from "../../src/runtime/program.ts";

/** How the two axes of an operand stand in memory: which is the inner one, and how far apart its elements are. */
const layout = fc.record({ swapped: fc.boolean(), gap: fc.constantFrom(1, 1, 1, 2) });

const extents = fc.oneof(
  fc.record({ m: fc.nat(9), n: fc.nat(20), k: fc.nat(12) }),
  fc.record({
    m: fc.integer({ min: 1, max: 40 }),
    n: fc.integer({ min: 1, max: 40 }),
    k: fc.constantFrom(255, 257, 600),
  }),
  fc.record({
    m: fc.integer({ min: 1, max: 70 }),
    n: fc.constantFrom(1, 2, 511, 515, 1030),
    k: fc.integer({ min: 1, max: 9 }),
  }),
);

interface Operand {
  readonly rows: number;
  readonly columns: number;
  readonly size: number;
}

type Way = Pick<Product, "accumulate" | "inOrder" | "fromEnd">;

const ways: fc.Arbitrary<Way> = fc.record({ accumulate: fc.boolean(), inOrder: fc.boolean(), fromEnd: fc.boolean() });

const operand = (rows: number, columns: number, { swapped, gap }: { swapped: boolean; gap: number }): Operand => ({
  rows: swapped ? gap : gap * Math.max(1, columns),
  columns: swapped ? gap * Math.max(1, rows) : gap,
  size: gap * Math.max(1, rows * columns),
});

const programOf = (
  sizes: ReadonlyArray<number>,
  [a, b, c]: readonly [Operand, Operand, Operand],
  way: Way,
  turns: number,
): LoopProgram => {
  // The extents are run-time dims, so that one way through the kernel is not fixed when compiling.
  const [m, n, k] = [1, 2, 3].map(dimension) as [Size, Size, Size];
  const axis = (extent: Size, left: number, right: number, result: number): Dimension => ({
    extent,
    left: fixed(left),
    right: fixed(right),
    result: fixed(result),
  });
  const view = (buffer: number) => ({ buffer, index: { terms: [], constant: [] } });
  const product = {
    tag: "product",
    left: view(0),
    right: view(1),
    result: view(2),
    m: axis(m, a.rows, 0, c.rows),
    n: axis(n, 0, b.columns, c.columns),
    k: axis(k, a.columns, b.rows, 0),
    ...way,
  } as const;
  return {
    lengths: sizes.map((_, i) => `L${i}`),
    buffers: [a, b, c].map(({ size }) => ({ name: "", rows: fixed(size), front: 0, back: 0, rowSize: fixed(1) })),
    homes: [0, 1, 2],
    leaves: [],
    results: [],
    blocks: [
      {
        title: "product",
        body: [
          {
            tag: "for",
            variable: "t",
            extent: { tag: "size", size: fixed(turns) },
            descending: false,
            body: [product],
          },
        ],
      },
    ],
  };
};

/** Whole numbers of which every order of adding gives the same, or such of which each order rounds otherwise; all products are exact. */
const numberAt = (i: number, precision: Precision, inOrder: boolean): number => {
  const small = ((i * 7919) % 17) - 8;
  return inOrder && small % 3 === 0 ? small * (precision === "f32" ? 2 ** 10 : 2 ** 24) : small;
};

/** A product is what its definition says, in its order of terms where that is asked for, and nothing else is written. */
export const productLaw = (target: Target, precision: Precision) =>
  fc.property(
    extents,
    fc.tuple(layout, layout, layout),
    ways,
    fc.integer({ min: 1, max: 2 }),
    ({ m, n, k }, layouts, way, turns) => {
      const { accumulate, inOrder, fromEnd } = way;
      const rounded = precision === "f32" ? Math.fround : (value: number) => value;
      const operands = [operand(m, k, layouts[0]), operand(k, n, layouts[1]), operand(m, n, layouts[2])] as const;
      const [a, b, c] = operands;
      const named = [{ name: "product", program: programOf([m, n, k], operands, way, turns) }];
      const printing = { precision, without: new Set<never>(), names: false };
      const { support, programs } = backEnds[target].print(named, printing);
      const program = new Function(`${support}\nreturn ${programs[0]};`)() as Program;
      const { offsets, size } = program.plan([1, m, n, k]);
      const arena = program.arena?.(size) ?? new (precision === "f32" ? Float32Array : Float64Array)(size);
      for (let i = 0; i < size; i += 1) arena[i] = numberAt(i, precision, inOrder);
      const before = arena.slice();
      program.run(arena, [], [1, m, n, k], offsets);
      const [aAt, bAt, cAt] = offsets as [number, number, number];
      const written = new Set<number>();
      for (let i = 0; i < m; i += 1) {
        for (let j = 0; j < n; j += 1) {
          const at = cAt + i * c.rows + j * c.columns;
          written.add(at);
          let sum = accumulate ? before[at]! : 0;
          for (let turn = accumulate ? 0 : turns - 1; turn < turns; turn += 1)
            for (let term = 0; term < k; term += 1) {
              const l = fromEnd ? k - 1 - term : term;
              const [x, y] = [before[aAt + i * a.rows + l * a.columns]!, before[bAt + l * b.rows + j * b.columns]!];
              sum = rounded(sum + x * y);
            }
          assert.equal(arena[at]! + 0, sum + 0, `at ${i}, ${j} of ${m}, ${n}, ${k}`);
        }
      }
      const end = cAt + c.size;
      for (let at = 0; at < end; at += 1) if (!written.has(at)) assert.equal(arena[at], before[at], `untouched ${at}`);
    },
  );
