import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { valuesOf } from "../../src/weights/decode.ts";
import { besides, mapped } from "../../src/weights/mapped.ts";
import { fittingWeights } from "../../src/weights/renamed.ts";
import { type Safetensors, tensorOf } from "../../src/weights/safetensors.ts";
import { often } from "../often.ts";

const side = fc.integer({ min: 1, max: 5 });
const counted = (...shape: ReadonlyArray<number>) =>
  tensorOf({ shape, values: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i) });
const fileOf = (tensors: Safetensors["tensors"]): Safetensors => ({ metadata: {}, tensors });

const taken = (
  file: Safetensors,
  wanted: Readonly<Record<string, ReadonlyArray<number>>>,
  said: Readonly<Record<string, string>>,
  isTurned = false,
) => {
  const meant = mapped(file, wanted, said, isTurned);
  const result = fittingWeights(wanted, meant.renaming)(meant.file);
  return { ...meant, weights: E.isRight(result) ? result.right : undefined };
};

test("a map says the same either way round, and .T on either side is the transpose", () => {
  fc.assert(
    fc.property(side, side, (rows, columns) => {
      const file = fileOf({ "a::b": counted(rows, columns) });
      const plain = { V: [rows, columns] };
      const flipped = { V: [columns, rows] };
      for (const said of [{ "a::b": "V" }, { V: "a::b" }])
        assert.deepEqual([...taken(file, plain, said).weights!.V!.values], [...valuesOf(counted(rows, columns))!]);
      for (const said of [{ "a::b": "V.T" }, { "a::b.T": "V" }, { V: "a::b.T" }, { "V.T": "a::b" }]) {
        const { weights } = taken(file, flipped, said);
        for (let i = 0; i < rows; i += 1)
          for (let j = 0; j < columns; j += 1)
            assert.equal(weights!.V!.values[j * rows + i], i * columns + j, JSON.stringify(said));
      }
    }),
    { numRuns: often(100) },
  );
});

test("names that end in .T are names first, and a map that names both sides both ways is old=new", () => {
  const file = fileOf({ "x.T": counted(2, 3), y: counted(1) });
  assert.deepEqual(taken(file, { V: [2, 3], y: [1] }, { "x.T": "V" }).weights!.V!.shape, [2, 3]);
  const swapped = fileOf({ a: counted(2), b: tensorOf({ shape: [2], values: Float64Array.of(5, 6) }) });
  const { weights } = taken(swapped, { a: [2], b: [2] }, { a: "b", b: "a" });
  assert.deepEqual([...weights!.a!.values], [5, 6]);
});

test("a matrix of a graph that fits but for its direction is turned and told; elsewhere, and where both fit, it stays", () => {
  const file = fileOf({ MatMul_1: counted(3, 2), V: counted(2, 2) });
  const wanted = { W: [2, 3], V: [2, 2] };
  const { weights, told } = taken(file, wanted, { MatMul_1: "W" }, true);
  assert.deepEqual([...weights!.W!.values], [0, 2, 4, 1, 3, 5]);
  assert.deepEqual([...weights!.V!.values], [0, 1, 2, 3]);
  assert.deepEqual(told, ["MatMul_1 [3, 2] is taken transposed, as W [2, 3]"]);
  assert.equal(taken(file, wanted, { MatMul_1: "W" }, false).weights, undefined);
});

test("what a file has besides is told with shapes, reasons and the map that would fit", () => {
  const left = {
    ...fileOf({ MatMul_1: counted(3, 2), bias: counted(2), axis: counted() }),
    unread: { E: "is of float16" },
  };
  assert.deepEqual(besides(left, { W: [2, 3], c: [2] }), [
    "the file has besides: MatMul_1 [3, 2], bias [2]; perhaps --map MatMul_1=W.T --map bias=c",
    "E is of float16",
  ]);
});
