import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { backEnds } from "../../src/emit/back-ends.ts";
import { type Target, targetNames } from "../../src/emit/targets.ts";
import type { Dimension, Loop, LoopProgram } from "../../src/loops/loops.ts";
import { dimension, fixed, type Size } from "../../src/loops/size.ts";
import type { Values } from "../../src/runtime/interface.ts";
import type { Program } from "../../src/runtime/program.ts";
import { often } from "../often.ts";

/** A product of one of two left and of two right operands, or a number written into one of the four. */
type Step =
  | { readonly tag: "product"; readonly left: number; readonly right: number; readonly few: boolean }
  | { readonly tag: "write"; readonly operand: number };

const side = fc.nat(1);
const left = fc.constantFrom(0, 0, 0, 1);
const few = fc.constantFrom(false, false, false, true);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ tag: fc.constant("product"), left, right: side, few }) },
  { weight: 1, arbitrary: fc.record({ tag: fc.constant("write"), operand: fc.constantFrom(0, 0, 1, 2) }) },
);

const sizes = fc.record({
  m: fc.constantFrom(1, 4, 7, 32, 32, 33),
  n: fc.constantFrom(1, 5, 8, 16, 16),
  k: fc.constantFrom(1, 8, 13, 256, 257),
});

const none = fixed(0);
const zero = { terms: [], constant: [] };

/** Both left operands are m by k and stand first, then both right ones, then a result for each step. */
const programOf = (steps: ReadonlyArray<Step>, turns: number): LoopProgram => {
  const [m, n, k] = [1, 2, 3].map(dimension) as [Size, Size, Size];
  const buffer = (rows: Size, rowSize: Size) => ({ name: "", rows, front: 0, back: 0, rowSize });
  const of = (extent: Size, left: Size, right: Size, result: Size): Dimension => ({ extent, left, right, result });
  const one = fixed(1);
  const loops = steps.map(
    (each, i): Loop =>
      each.tag === "write"
        ? { tag: "store", buffer: each.operand, index: zero, value: { tag: "number", value: i + 1 }, mode: "sum" }
        : {
            tag: "product",
            left: { buffer: each.left, index: zero },
            right: { buffer: 2 + each.right, index: zero },
            result: { buffer: 4 + i, index: zero },
            m: of(m, k, none, n),
            n: of(each.few ? one : n, none, one, one),
            k: of(k, one, n, none),
            accumulate: i % 2 === 1,
            inOrder: false,
            fromEnd: false,
          },
  );
  const buffers = [buffer(m, k), buffer(m, k), buffer(k, n), buffer(k, n), ...steps.map(() => buffer(m, n))];
  const extent = { tag: "size", size: fixed(turns) } as const;
  return {
    lengths: ["m", "n", "k"],
    buffers,
    homes: buffers.map((_, i) => i),
    leaves: [],
    results: [],
    blocks: [{ title: "", body: [{ tag: "for", variable: "t", extent, descending: false, body: loops }] }],
  };
};

const arenaAfter = (
  target: Target,
  program: LoopProgram,
  dims: ReadonlyArray<number>,
  without: ReadonlyArray<string>,
): Values => {
  const printing = { precision: "f32", without: new Set(without), names: false } as const;
  const { support, programs } = backEnds[target].print([{ name: "packed", program }], printing);
  const made = new Function(`${support}\nreturn ${programs[0]};`)() as Program;
  const { offsets, size } = made.plan(dims);
  const arena = made.arena?.(size) ?? new Float32Array(size);
  for (let i = 0; i < size; i += 1) arena[i] = ((i * 7919) % 17) - 8;
  made.run(arena, [], dims, offsets);
  return arena.slice(0, Number(offsets[program.buffers.length]) || size);
};

for (const target of targetNames)
  test(`operands that are packed once for several products are those of each, however they change between them (${target})`, () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 8 }), sizes, side, (steps, { m, n, k }, more) => {
        const program = programOf(steps, 1 + more);
        const dims = [1, m, n, k];
        const after = (...without: ReadonlyArray<string>) => arenaAfter(target, program, dims, without);
        const plain = after("packing", "shared-operands");
        for (const without of [[], ["packing"], ["shared-operands"]]) assert.deepEqual(after(...without), plain);
      }),
      { numRuns: often(150) },
    );
  });
