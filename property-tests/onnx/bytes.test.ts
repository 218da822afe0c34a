import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { graphOfBytes } from "../../src/onnx/decode.ts";
import { bytesOfModel } from "../../src/onnx/encode.ts";
import type { OnnxModel, OnnxTensor } from "../../src/onnx/messages.ts";
import { weightsOfOnnx } from "../../src/weights/onnx-layers.ts";
import { compiledProgram } from "../property/programs.ts";
import { exportedOf } from "./agreement.ts";
import { paramsOf } from "./subjects.ts";

const text = fc.string({ unit: "binary", maxLength: 6 });
const tensors: fc.Arbitrary<OnnxTensor> = fc
  .record({
    name: text,
    type: fc.constantFrom("float" as const, "double" as const, "int64" as const, "int32" as const, "bool" as const),
    shape: fc.array(fc.nat(3), { maxLength: 3 }),
    seed: fc.nat(9),
  })
  .map(({ seed, ...tensor }) => {
    const length = tensor.shape.reduce((product, extent) => product * extent, 1);
    const numbers = { float: 0.5, double: 0.1, int64: -3, int32: 7, bool: 1 };
    const data = Array.from({ length }, (_, i) =>
      tensor.type === "bool" ? (i + seed) % 2 : numbers[tensor.type] * (i + seed + 1),
    );
    return { ...tensor, data };
  });
const models: fc.Arbitrary<OnnxModel> = fc.record({
  metadata: fc.array(fc.tuple(text, text), { maxLength: 2 }),
  graph: fc.record({
    name: text,
    documentation: text,
    initializers: fc.array(tensors, { maxLength: 3 }),
    inputs: fc.constant([]),
    outputs: fc.constant([]),
    nodes: fc.array(
      fc.record({
        type: text,
        name: text,
        inputs: fc.array(text, { maxLength: 3 }),
        outputs: fc.array(text, { maxLength: 2 }),
        attributes: fc.dictionary(
          text.filter((name) => name !== "__proto__"),
          fc.oneof(
            fc.record({ tag: fc.constant("int" as const), value: fc.maxSafeInteger() }),
            fc.record({ tag: fc.constant("float" as const), value: fc.float({ noNaN: true }) }),
            fc.record({ tag: fc.constant("string" as const), value: text }),
            fc.record({ tag: fc.constant("ints" as const), value: fc.array(fc.maxSafeInteger(), { maxLength: 3 }) }),
            fc.record({ tag: fc.constant("strings" as const), value: fc.array(text, { maxLength: 3 }) }),
            tensors.map((value) => ({ tag: "tensor" as const, value })),
          ),
          { maxKeys: 3, noNullPrototype: true },
        ),
      }),
      { maxLength: 3 },
    ),
  }),
});

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test("what is written as ONNX is read as it was", () => {
  fc.assert(
    fc.property(models, (model) => {
      const read = graphOfBytes(bytesOfModel(model))!;
      const plain = (given: OnnxTensor) => ({ ...given, data: Array.from(given.data) });
      assert.deepEqual(read.initializers.map(plain), model.graph.initializers.map(plain));
      assert.deepEqual(asJson(read.nodes), asJson(model.graph.nodes));
      assert.deepEqual(read.metadata, model.metadata);
    }),
  );
});

test("bytes that are no file of ONNX, or one that is damaged, give weights or reasons, and never throw", () => {
  const model = compiledProgram(
    'import LSTM from "std"\nmodel M(n = 2) {\n  axis t in 1..T\n  input x[t] : R[2]\n  output h[t] = LSTM(n)(x[t])\n}',
    { precision: "f32", target: "js" },
  );
  const whole = bytesOfModel(exportedOf(model, paramsOf(model)));
  const damaged = fc
    .array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
    .map((changes) => {
      const bytes = Uint8Array.from(whole);
      for (const [at, byte] of changes) bytes[at] = byte;
      return bytes;
    });
  const cut = fc.nat(whole.length).map((length) => whole.subarray(0, length));
  fc.assert(
    fc.property(fc.oneof(damaged, cut, fc.uint8Array({ maxLength: 40 })), (bytes) => {
      const made = weightsOfOnnx(bytes);
      assert.ok("left" in made ? made.left.length > 0 : Object.keys(made.right.tensors).length >= 0);
    }),
    { numRuns: 500 },
  );
});
