import assert from "node:assert/strict";
import { test } from "node:test";
import { CompilerFault } from "../../src/fault.ts";
import type { Buffer, Index, Loop, LoopProgram, Product, Scalar } from "../../src/loops/loops.ts";
import { dimension, fixed, type Size, times } from "../../src/loops/size.ts";
import { brokenLoops, validated } from "../../src/loops/validate/validate.ts";
import { addUp, at, load, over, store } from "../schedule/written-loops.ts";

const [one, three, four, T] = [fixed(1), fixed(3), fixed(4), dimension(1)];
const zero: Scalar = { tag: "number", value: 0 };
const still = at();
const row = at(["t", one]);

const shifted = (index: Index, by: Size): Index => ({ ...index, constant: [by] });
const buffer = (name: string, rows: Size, rowSize: Size = one): Buffer => ({ name, rows, rowSize, front: 0, back: 0 });

/** A sequence x is given, and the loops make h of it, which may take what h and the total need. */
const program = (body: ReadonlyArray<Loop>, change: Partial<LoopProgram> = {}): LoopProgram => ({
  lengths: ["T"],
  buffers: [buffer("x", T), buffer("h", T), buffer("total", one), buffer("A", three, four)],
  homes: [0, 1, 2, 3],
  leaves: [{ kind: "input", name: "x", buffer: 0, start: 0, axes: [] }],
  results: [2, 3].map((id) => ({ kind: "result", role: "output", name: `${id}`, buffer: id, start: 0, axes: [] })),
  blocks: [{ title: "block", body }],
  ...change,
});

const indexOf = (index: Index): Scalar => ({ tag: "indexValue", index });
const less = (a: Scalar, b: Scalar): Scalar => ({ tag: "call", fn: "less", operands: [a, b] });
const guarded = (condition: Scalar, value: Scalar): Scalar => ({ tag: "choose", condition, then: value, else: zero });
const addTo = (index: Index, value: Scalar): Loop => ({ tag: "store", buffer: 2, index, value, mode: "sum" });
const accumulator: Loop = { tag: "accumulator", name: "sum", initial: 0 };
const local = (name: string): Scalar => ({ tag: "local", name });

/** A of 3 rows and 4 columns is an outer product, or is read as one. */
const product = (change: Partial<Product>): Product => ({
  tag: "product",
  left: { buffer: 0, index: still },
  right: { buffer: 0, index: still },
  result: { buffer: 3, index: still },
  m: { extent: three, left: fixed(0), right: fixed(0), result: four },
  n: { extent: four, left: fixed(0), right: fixed(0), result: one },
  k: { extent: T, left: one, right: one, result: fixed(0) },
  accumulate: false,
  inOrder: false,
  fromEnd: false,
  ...change,
});

const sound: Readonly<Record<string, LoopProgram>> = {
  "a copy of all positions": program([over("t", T, store(1, row, load(0, row)))]),
  "the position before, where there is one": program([
    over("t", T, store(1, row, guarded(less(zero, indexOf(row)), load(0, shifted(row, fixed(-1)))))),
  ]),
  "a sum that is cleared before": program([store(2, still, zero), over("t", T, addTo(still, load(0, row)))]),
  "a sum in an accumulator": program([
    accumulator,
    over("t", T, addUp("sum", load(0, row))),
    store(2, still, local("sum")),
  ]),
  "a place that each turn writes and reads": program([
    over("t", T, store(2, still, load(0, row)), store(1, row, load(2, still))),
  ]),
  "a product": program([product({})]),
  "one place for values one after the other": program(
    [over("t", T, store(1, row, load(0, row))), over("t", T, store(4, row, load(1, row)))],
    { buffers: [...program([]).buffers, buffer("g", T)], homes: [0, 1, 2, 3, 1] },
  ),
};

const broken: ReadonlyArray<readonly [string, LoopProgram, RegExp]> = [
  ["a turn too many", program([over("t", times(T, fixed(2)), store(1, row, zero))]), /h is touched from 0 to 5/],
  [
    "the position before the first one",
    program([over("t", T, store(1, row, load(0, shifted(row, fixed(-1)))))]),
    /x is touched from -1/,
  ],
  [
    "a condition that lets one position too many through",
    program([
      over("t", T, store(1, row, guarded(less(indexOf(row), { tag: "size", size: T }), load(0, shifted(row, one))))),
    ]),
    /x is touched from 1 to 1/,
  ],
  ["a buffer that is not there", program([store(9, still, zero)]), /no buffer 9/],
  ["a variable of no loop", program([store(1, row, zero)]), /t is no integer here/],
  ["a number as a place", program([{ tag: "let", name: "t", value: zero }, store(1, row, zero)]), /t is no integer/],
  [
    "a loop over the variable of the one around it",
    program([over("t", T, over("t", one, store(1, row, zero)))]),
    /twice/,
  ],
  [
    "a name that comes later",
    program([store(2, still, local("v")), { tag: "let", name: "v", value: zero }]),
    /v is not bound/,
  ],
  ["a dim that is no one's", program([store(2, shifted(still, dimension(5)), zero)]), /dim 5 is not known/],
  [
    "a sum that is not cleared",
    program([over("t", T, addTo(still, load(0, row)))]),
    /total is read before it is written/,
  ],
  [
    "what is written after it is read",
    program([over("t", T, store(1, row, load(2, still))), store(2, still, zero)]),
    /total is read before/,
  ],
  [
    "a sum of which the last term stays",
    program([over("t", T, store(2, still, load(0, row)))]),
    /turns of t overwrite total/,
  ],
  [
    "a sum that every turn clears",
    program([over("t", T, store(2, still, zero), addTo(still, load(0, row)))]),
    /turns of t overwrite total/,
  ],
  ["a product that every turn writes anew", program([over("t", T, product({}))]), /turns of t overwrite A/],
  ["an accumulator without terms", program([accumulator, store(2, still, local("sum"))]), /nothing is added to sum/],
  [
    "an accumulator that is forgotten",
    program([accumulator, over("t", T, addUp("sum", load(0, row)))]),
    /nobody reads sum/,
  ],
  [
    "rows of a product that fall on each other",
    program([product({ m: { extent: three, left: fixed(0), right: fixed(0), result: three } })]),
    /two sums of a product stand in one place/,
  ],
  [
    "a result with the axis that is summed",
    program([product({ k: { extent: three, left: one, right: one, result: one } })]),
    /has the axis that is summed/,
  ],
  [
    "a product in the place of its factor",
    program([store(3, still, zero), product({ left: { buffer: 3, index: still } })]),
    /stands where one of its factors does/,
  ],
  [
    "two values that are needed at once in one place",
    program(
      [store(2, still, zero), over("t", T, store(1, row, load(0, row))), over("t", T, store(1, row, load(2, still)))],
      {
        homes: [0, 1, 1, 3],
      },
    ),
    /h and total share a home, and are needed at once/,
  ],
  [
    "the caller's data in the place of a value",
    program([over("t", T, store(1, row, load(0, row)))], { homes: [0, 0, 2, 3] }),
    /x and h share a home, and are needed at once/,
  ],
  [
    "a value in the place of one whose next row is still to be read",
    program(
      [
        over("t", T, store(1, row, load(0, row))),
        over("t", T, store(4, row, guarded(less(zero, indexOf(row)), load(1, shifted(row, fixed(-1)))))),
      ],
      { buffers: [...program([]).buffers, buffer("g", T)], homes: [0, 1, 2, 3, 1] },
    ),
    /h and g share a home, and one overwrites what is left of the other/,
  ],
];

for (const [what, loops] of Object.entries(sound))
  test(`${what}: valid`, () => {
    assert.deepEqual(brokenLoops(loops), []);
  });

for (const [what, loops, message] of broken)
  test(`${what}: not valid`, () => {
    assert.match(brokenLoops(loops).join("\n"), message);
  });

test("what a pass breaks is a fault of the compiler that names the pass, and no diagnostic of the user's", () => {
  const [, loops] = broken[0]!;
  assert.throws(
    () => validated("dense-loops", loops),
    (error) =>
      error instanceof CompilerFault && error.part === "loop pass dense-loops" && /h is touched/.test(error.broken),
  );
  const [right] = Object.values(sound);
  assert.equal(validated("dense-loops", right!), right);
});
