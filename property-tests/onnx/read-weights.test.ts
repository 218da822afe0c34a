import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import { bytesOfModel } from "../../src/onnx/encode.ts";
import type { OnnxModel, OnnxNode, OnnxTensor } from "../../src/onnx/messages.ts";
import { decodeSafetensors } from "../../src/weights/decode.ts";
import { assigned } from "../../src/weights/dialects/assign.ts";
import type { CellInstance } from "../../src/weights/dialects/cells.ts";
import { fileLayers } from "../../src/weights/dialects/file-layers.ts";
import { onnx } from "../../src/weights/dialects/onnx.ts";
import { weightsOfOnnx } from "../../src/weights/onnx-layers.ts";

const tensor = (name: string, ...shape: ReadonlyArray<number>): OnnxTensor => ({
  name,
  type: "float",
  shape,
  data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
});

const layer = (type: string, name: string, more: Partial<OnnxNode> = {}): OnnxNode => ({
  type,
  name,
  inputs: ["x", `${name}.W`, `${name}.R`],
  outputs: [`${name}.y`],
  attributes: {},
  ...more,
});

const gates: Readonly<Record<string, number>> = { RNN: 1, GRU: 3, LSTM: 4 };

const modelOf = (nodes: ReadonlyArray<OnnxNode>, more: ReadonlyArray<OnnxTensor> = []): OnnxModel => ({
  metadata: [],
  graph: {
    name: "g",
    documentation: "",
    nodes,
    initializers: [
      ...nodes.flatMap(({ type, name }) =>
        gates[type] === undefined
          ? []
          : [tensor(`${name}.W`, 1, 3 * gates[type], 2), tensor(`${name}.R`, 1, 3 * gates[type], 3)],
      ),
      ...more,
    ],
    inputs: [],
    outputs: [],
  },
});

const reasons = (bytes: Uint8Array): string => {
  const made = weightsOfOnnx(bytes);
  return E.isLeft(made) ? made.left.join("\n") : "";
};

/** The bytes with a tensor's field in the place of another: what no writer of ours writes. */
const changed = (bytes: Uint8Array, before: ReadonlyArray<number>, after: ReadonlyArray<number>): Uint8Array => {
  const at = Buffer.from(bytes).indexOf(Buffer.from(before));
  assert.ok(at >= 0 && before.length === after.length);
  return Uint8Array.from([...bytes.subarray(0, at), ...after, ...bytes.subarray(at + before.length)]);
};

test("a tensor that is not read has its own reason: its type, where it is kept, its numbers, its shape", () => {
  const whole = bytesOfModel(modelOf([layer("LSTM", "h")]));
  assert.equal(reasons(whole), "");
  // Dimensions 1, 12, 2 one by one, then the type: float is 1.
  const dims = [8, 1, 8, 12, 8, 2];
  assert.match(reasons(changed(whole, [...dims, 16, 1], [...dims, 16, 10])), /h\.W, is of float16, which is not read/);
  assert.match(reasons(changed(whole, [...dims, 16, 1], [...dims, 112, 1])), /is of the unknown type 0/);
  assert.match(
    reasons(changed(whole, dims, [8, 1, 8, 12, 8, 3])),
    /has 24 numbers where its shape \[1, 12, 3\] takes 36/,
  );
  const computed = modelOf([layer("LSTM", "h", { inputs: ["x", "w", "h.R"] })]);
  assert.match(reasons(bytesOfModel(computed)), /W of h \(LSTM\), w, is computed and not given in the file/);
});

test("a state that starts elsewhere than at 0 is refused, whatever repeats it; zeros are not", () => {
  const expand: OnnxNode = { type: "Expand", name: "", inputs: ["h0", "size"], outputs: ["start"], attributes: {} };
  for (const [start, nodes] of [
    ["h0", []],
    ["start", [expand]],
  ] as const)
    for (const [place, what] of [
      [5, "initial_h"],
      [6, "initial_c"],
    ] as const) {
      const inputs = ["x", "h.W", "h.R", "", "", ...(place === 5 ? [start] : ["", start])];
      const of = (value: number) =>
        bytesOfModel(
          modelOf([...nodes, layer("LSTM", "h", { inputs })], [{ ...tensor("h0", 1, 1, 3), data: [0, value, 0] }]),
        );
      assert.match(reasons(of(0.5)), new RegExp(`h \\(LSTM\\) has an ${what} \\(${start}\\) that is not 0`));
      assert.equal(reasons(of(0)), "");
    }
});

test("two tensors of one name are refused", () => {
  assert.equal(
    reasons(bytesOfModel(modelOf([layer("GRU", "g")], [tensor("V", 1), tensor("V", 1)]))),
    "it has two tensors V",
  );
});

const cell = (path: string, kind: string): CellInstance => ({
  path,
  cell: kind,
  isBackward: false,
  functions: {},
  parameters: {},
});

const paired = (nodes: ReadonlyArray<OnnxNode>, cells: ReadonlyArray<CellInstance>) => {
  const file = weightsOfOnnx(bytesOfModel(modelOf(nodes)));
  assert.ok(E.isRight(file));
  return assigned(onnx, cells, fileLayers(onnx, file.right.tensors), {});
};

test("layers and cells of different kinds are paired where that is one way; else a possible pair is proposed", () => {
  const after = { linear_before_reset: { tag: "int", value: 1 } } as const;
  const nodes = [layer("GRU", "/gru/GRU", { attributes: after }), layer("LSTM", "/lstm/LSTM")];
  const one = paired(nodes, [cell("h", "LSTM"), cell("g", "GRUResetAfter")]);
  assert.deepEqual(
    E.isRight(one) ? one.right.map(({ instance, layer: { layer } }) => [instance.path, layer]) : one.left,
    [
      ["h", "/lstm/LSTM"],
      ["g", "/gru/GRU"],
    ],
  );
  const three = [...nodes, layer("LSTM", "/other/LSTM")];
  const two = paired(three, [cell("a", "LSTM"), cell("g", "GRUResetAfter"), cell("b", "LSTM")]);
  assert.match(E.isLeft(two) ? two.left.join() : "", /is not clear.*, as in --layer \/lstm\/LSTM=a$/);
  const none = paired(nodes, [cell("a", "RNN"), cell("b", "GRU")]);
  assert.match(E.isLeft(none) ? none.left.join() : "", /say it with --layer NAME=PATH$/);
});

test("what torch.save writes is told as such, and how weights are written", () => {
  for (const bytes of [
    [0x50, 0x4b, 3, 4, 0, 0, 8, 8, 0, 0],
    [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9],
  ]) {
    const read = decodeSafetensors(Uint8Array.from(bytes));
    assert.match(E.isLeft(read) ? read.left : "", /^is what torch\.save writes.*save_file/);
  }
});
