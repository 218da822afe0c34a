import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { decodeSafetensors, valuesOf } from "../../src/weights/decode.ts";
import { type ElementTypeName, elementTypes } from "../../src/weights/element-types.ts";
import { encodeSafetensors, lengthOf, type Safetensors, type Tensor } from "../../src/weights/safetensors.ts";

const names = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("__proto__", "constructor", "h.W", 'a\\b"c'));
const tensors = fc
  .tuple(
    fc.constantFrom(...(Object.keys(elementTypes) as ReadonlyArray<ElementTypeName>)),
    fc.array(fc.nat(4), { maxLength: 3 }),
    fc.infiniteStream(fc.nat(255)),
  )
  .map(([type, shape, random]) => ({
    type,
    shape,
    bytes: Uint8Array.from({ length: lengthOf(shape) * elementTypes[type].size }, () => random.next().value),
  }));
const files: fc.Arbitrary<Safetensors> = fc.record({
  tensors: fc
    .uniqueArray(fc.tuple(names, tensors), { selector: ([name]) => name, maxLength: 6 })
    .map((entries) => Object.fromEntries(entries.filter(([name]) => name !== "__metadata__"))),
  metadata: fc.dictionary(fc.string(), fc.string()),
});

/** A file with this header, which is JSON already, and so many bytes. */
const fileOf = (header: string, bytes: number, claimed?: bigint): Uint8Array => {
  const text = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(claimed ?? BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(bytes)]);
};

test("what is written is read: names, types, shapes, bytes and metadata", () => {
  fc.assert(
    fc.property(files, (file) => {
      const read = decodeSafetensors(encodeSafetensors(file));
      assert.ok(E.isRight(read), JSON.stringify(read));
      assert.deepEqual(Object.keys(read.right.tensors).toSorted(), Object.keys(file.tensors).toSorted());
      for (const [name, { type, shape, bytes }] of Object.entries(file.tensors)) {
        const found: Tensor = Object.entries(read.right.tensors).find(([other]) => other === name)![1];
        assert.deepEqual([found.type, found.shape, [...found.bytes]], [type, shape, [...bytes]]);
      }
      assert.deepEqual({ ...read.right.metadata }, { ...file.metadata });
    }),
  );
});

test("the order in which tensors are given does not matter to the bytes, and each is aligned", () => {
  fc.assert(
    fc.property(files, (file) => {
      const tensorsReversed = Object.fromEntries(Object.entries(file.tensors).toReversed());
      const bytes = encodeSafetensors(file);
      assert.deepEqual(encodeSafetensors({ ...file, tensors: tensorsReversed }), bytes);
      const read = decodeSafetensors(bytes);
      assert.ok(E.isRight(read));
      for (const { type, bytes } of Object.values(read.right.tensors))
        assert.equal(bytes.byteOffset % elementTypes[type].size, 0);
    }),
  );
});

test("a file cut off anywhere, or with bytes added, is refused", () => {
  fc.assert(
    fc.property(files, fc.nat(), fc.integer({ min: 1, max: 20 }), (file, at, more) => {
      const bytes = encodeSafetensors(file);
      assert.ok(E.isLeft(decodeSafetensors(bytes.subarray(0, at % bytes.length))));
      assert.ok(E.isLeft(decodeSafetensors(Buffer.concat([bytes, Buffer.alloc(more)]))));
    }),
  );
});

test("any bytes at all are read or refused, and never throw", () => {
  const claims = fc.oneof(
    fc.uint8Array({ maxLength: 80 }),
    fc.json().map((json) => fileOf(json, 8)),
  );
  fc.assert(fc.property(claims, (bytes) => void decodeSafetensors(bytes)));
  fc.assert(
    fc.property(files, fc.nat(), fc.nat(7), (file, at, bit) => {
      const bytes = encodeSafetensors(file);
      bytes[at % bytes.length]! ^= 1 << bit;
      decodeSafetensors(bytes);
    }),
  );
});

const refusals: ReadonlyArray<readonly [string, Uint8Array, RegExp]> = [
  ["a header larger than the file", fileOf("{}", 0, 3n), /cut off: its header would have 3 bytes, the file has 10/],
  ["a header of 2^64 - 1 bytes", fileOf("{}", 0, 2n ** 64n - 1n), /would have 18446744073709551615 bytes/],
  ["a header that is no object", fileOf("[]", 0), /no JSON object/],
  [
    "a name twice",
    fileOf(
      '{"a":{"dtype":"U8","shape":[],"data_offsets":[0,1]},"\\u0061":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}',
      1,
    ),
    /has "a" twice/,
  ],
  ["a shape twice", fileOf('{"a":{"dtype":"U8","shape":[],"shape":[1],"data_offsets":[0,1]}}', 1), /has "shape" twice/],
  [
    "an unknown type",
    fileOf('{"a":{"dtype":"toString","shape":[],"data_offsets":[0,1]}}', 1),
    /the unknown type toString for "a"/,
  ],
  [
    "a negative size",
    fileOf('{"a":{"dtype":"U8","shape":[-1,-1],"data_offsets":[0,1]}}', 1),
    /the shape \[-1, -1\] for "a"/,
  ],
  [
    "a shape of more bytes",
    fileOf('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}', 4),
    /4 bytes where F32\[2\] takes 8 for "a"/,
  ],
  [
    "a shape beyond all numbers",
    fileOf('{"a":{"dtype":"F32","shape":[4e15,4e15],"data_offsets":[0,4]}}', 4),
    /4 bytes where/,
  ],
  [
    "offsets that run backwards",
    fileOf('{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}', 4),
    /the offsets 4 to 0 for "a"/,
  ],
  [
    "offsets beyond the file",
    fileOf('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', 4),
    /has 4 bytes of tensors where its header names 8/,
  ],
  [
    "tensors that overlap",
    fileOf(
      '{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}',
      3,
    ),
    /overlap before "b"/,
  ],
  [
    "a gap between tensors",
    fileOf(
      '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}',
      3,
    ),
    /unused bytes before "b"/,
  ],
  ["metadata that are no texts", fileOf('{"__metadata__":{"a":1}}', 0), /metadata that are not texts/],
];

for (const [what, file, message] of refusals)
  test(`refused: ${what}`, () => {
    const read = decodeSafetensors(file);
    assert.ok(E.isLeft(read));
    assert.match(read.left, message);
  });

test("half precision in both forms is exact at ends, subnormal numbers, zeros and infinities", () => {
  const valuesFrom = (type: ElementTypeName, bits: ReadonlyArray<number>): ReadonlyArray<number> => {
    const bytes = Uint8Array.from(bits.flatMap((word) => [word & 255, word >> 8]));
    return [...valuesOf({ type, shape: [bits.length], bytes })!];
  };
  assert.deepEqual(
    valuesFrom("F16", [0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x8000, 0x7c00, 0xfc00, 0x7e00, 0x3555]),
    [1, -2, 65504, 2 ** -14, 2 ** -24, -0, Infinity, -Infinity, NaN, 0.333251953125],
  );
  assert.deepEqual(valuesFrom("BF16", [0x3f80, 0xc000, 0x8000, 0x7f80, 0x7fc0]), [1, -2, -0, Infinity, NaN]);
});
