import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import type { Compiled } from "../../src/compile.ts";
import { bytesOfModel } from "../../src/onnx/encode.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Params, Values } from "../../src/runtime/interface.ts";
import { valuesOf } from "../../src/weights/decode.ts";
import { cellsOf } from "../../src/weights/dialects/cells.ts";
import { onnx } from "../../src/weights/dialects/onnx.ts";
import { translated } from "../../src/weights/dialects/translate.ts";
import { weightsOfOnnx } from "../../src/weights/onnx-layers.ts";
import { compiledProgram } from "../property/programs.ts";
import { exportedOf, givenFor } from "./agreement.ts";
import { type OnnxCase, onnxCases, skip } from "./python.ts";
import { ran, skip as skipRuntime } from "./runtime.ts";
import { paramsOf } from "./subjects.ts";

const right = <A>(result: E.Either<ReadonlyArray<string>, A>): A =>
  E.isRight(result) ? result.right : assert.fail(result.left.join("\n"));

const asked = { dialect: onnx, word: undefined };

/** The parameters of a model that a file of ONNX has. */
const taken = ({ elaborated, model }: Compiled, bytes: Uint8Array): Params => {
  const file = right(weightsOfOnnx(bytes));
  const { tensors } = right(translated(asked, cellsOf(elaborated.parameters, asked), {}, file));
  return Object.fromEntries(model.params.map(({ path }) => [path, valuesOf(tensors[path]!) as Values]));
};

const cellOf = ({ op, inputs }: OnnxCase): string => (op === "LSTM" && inputs.P !== undefined ? "PeepholeLSTM" : op);

const modelWith = (cell: string, n: number, k: number, precision: "f32" | "f64" = "f64"): Compiled =>
  compiledProgram(
    `import ${cell} from "std"
model M(n, k) {
  axis t in 1..T
  input x[t] : R[k]
  h[t] = ${cell}(n)(x[t])
  output h
  output last = h[T]
}`,
    { statics: { n, k }, precision, target: "js" },
  );

if (skip !== false) test("weights of ONNX's own cases", { skip }, () => {});
for (const each of onnxCases()) {
  const cell = cellOf(each);
  const { inputs, outputs, attributes } = each;
  const isByExample = attributes.layout === 1;
  const X = inputs.X!;
  const count = isByExample ? X.length : X[0]!.length;
  const examples = Array.from({ length: count }, (_, example) => ({
    x: isByExample ? X[example]! : X.map((position) => position[example]!),
  }));

  test(`the weights of ONNX's ${each.name} make of ${cell} what the case says`, () => {
    const model = modelWith(cell, attributes.hidden_size, X[0]![0]!.length);
    const params = taken(model, Buffer.from(each.model, "base64"));
    const { last } = model.forward(params, model.pack(examples));
    mustAgree("Y_h", last!.data, outputs.Y_h.flat(2), 1e-5);
  });

  test(`taken back to ONNX, ${each.name} says the same in ONNX Runtime`, { skip: skipRuntime }, async () => {
    const model = modelWith(cell, attributes.hidden_size, X[0]![0]!.length, "f32");
    const params = taken(model, Buffer.from(each.model, "base64"));
    const exported = exportedOf(model, params);
    assert.ok(exported.graph.nodes.some(({ type }) => type === each.op));
    const found = await ran(bytesOfModel(exported), givenFor(model, model.pack(examples)));
    mustAgree("Y_h", found.last!.data, outputs.Y_h.flat(2), 1e-5);
  });
}

for (const cell of ["RNN", "LSTM", "PeepholeLSTM", "GRU", "GRUResetAfter"])
  test(`the weights of ${cell} come back from ONNX as they went, both directions`, () => {
    const model = compiledProgram(
      `import ${cell} from "std"
model M(n = 3, k = 2) {
  axis t in 1..T
  input x[t] : R[k]
  f[t] = ${cell}(n)(x[t])
  g[t] = backward ${cell}(n)(x[t])
  param O : R[2,n]
  output y[t] = O (f[t] + g[t])
}`,
      { precision: "f32", target: "js" },
    );
    const params = paramsOf(model);
    const exported = exportedOf(model, params);
    assert.ok(exported.graph.nodes.some(({ attributes }) => attributes.direction?.value === "bidirectional"));
    const back = taken(model, bytesOfModel(exported));
    const batch = model.pack([
      {
        x: [
          [1, 2],
          [0.5, -1],
          [0.3, 0.2],
        ],
      },
    ]);
    // Of two biases that are added the file has but the sum.
    mustAgree("y", model.forward(back, batch).y!.data, model.forward(params, batch).y!.data, 1e-6);
    for (const { path } of model.model.params.filter(({ shape }) => shape.length > 1))
      assert.deepEqual([...back[path]!], [...params[path]!], path);
  });
