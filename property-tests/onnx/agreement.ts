import assert from "node:assert/strict";
import * as E from "fp-ts/lib/Either.js";
import type { Axis, Extent, TimeAxis } from "../../src/circuit/axis.ts";
import type { Compiled } from "../../src/compile.ts";
import { onnxOf } from "../../src/export/onnx/export-model.ts";
import { bytesOfModel } from "../../src/onnx/encode.ts";
import type { OnnxModel } from "../../src/onnx/messages.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Batch, Example, Params } from "../../src/runtime/interface.ts";
import { type Given, ran } from "./runtime.ts";

export const exportedOf = ({ elaborated, model }: Compiled, params: Params, carries = false): OnnxModel => {
  const exported = onnxOf(elaborated, { params, precision: model.precision, carries });
  assert.ok(E.isRight(exported), E.isLeft(exported) ? `${model.name}: ${exported.left}` : "");
  return exported.right;
};

/** What a graph is given for a batch of rnnc's, under the names of the program. */
export const givenFor = ({ elaborated, model }: Compiled, batch: Batch): Readonly<Record<string, Given>> => {
  const real = model.precision === "f32" ? "float32" : "float64";
  const extentOf = (extent: Extent): number => (extent.tag === "fixed" ? extent.size : batch.longest[extent.name]!);
  const inputs = elaborated.inputs.map(({ name, axes, shape, symbols, positions }): [string, Given] => [
    name,
    {
      type: symbols !== undefined || positions !== undefined ? "int64" : real,
      shape: [...axes.map(({ extent }) => extentOf(extent)), batch.size, ...shape],
      data: batch.values[name]!,
    },
  ]);
  const lengths = Object.entries(batch.lengths).map(([name, data]): [string, Given] => {
    const over = overOf(elaborated.axes, name);
    const count = data.length / batch.size;
    // Lengths of ragged axes stand example by example, those of ONNX position by position.
    const turned = Int32Array.from(data, (_, i) => data[(i % batch.size) * count + Math.floor(i / batch.size)]!);
    return [name, { type: "int64", shape: [...over.map(({ extent }) => extentOf(extent)), batch.size], data: turned }];
  });
  return Object.fromEntries([...inputs, ...lengths]);
};

const overOf = (axes: ReadonlyArray<Axis>, length: string): ReadonlyArray<TimeAxis> => {
  const axis = axes.find((each) => each.tag === "time" && each.extent.tag === "length" && each.extent.name === length);
  return axis?.tag === "time" && axis.extent.tag === "length"
    ? axis.extent.over.flatMap((outer) => (outer.tag === "time" ? [outer] : []))
    : [];
};

/** A graph must give what rnnc's `forward` gives of a batch: the same shapes and names, and values within a tolerance. */
export const mustGiveTheSame = async (
  compiled: Compiled,
  params: Params,
  examples: ReadonlyArray<Example>,
  tolerance: number,
): Promise<number> => {
  const { graph, metadata } = exportedOf(compiled, params);
  // Of a graph that nothing is given there is but one example.
  const isGiven = graph.inputs.some(({ name }) => graph.initializers.every((tensor) => tensor.name !== name));
  const batch = compiled.pack(isGiven ? examples : examples.slice(0, 1));
  const isDouble = compiled.model.precision === "f64";
  const given = givenFor(compiled, batch);
  // What an input is of the program's stands beside it, whatever it is called.
  const called = graph.inputs.flatMap(({ name, documentation = "" }) => {
    const own = given[documentation.replace(/^(?:input|target|how many positions there are up to) /, "")];
    return own === undefined ? [] : [[name, own] as const];
  });
  const found = await ran(bytesOfModel({ graph, metadata }), Object.fromEntries(called), isDouble);
  const expected = compiled.forward(params, batch);
  const names = Object.keys(expected);
  assert.equal(graph.outputs.length, names.length);
  let worst = 0;
  names.forEach((name, i) => {
    const output = found[graph.outputs[i]!.name]!;
    const { shape, data } = expected[name]!;
    assert.deepEqual([...output.dims], [...shape], name);
    // What is no finite number must be the same.
    const values = Array.from(output.data, (value, at) => (Object.is(value, data[at]) ? 0 : value));
    const wanted = Array.from(data, (value, at) => (Object.is(value, output.data[at]) ? 0 : value));
    mustAgree(name, values, wanted, tolerance);
    values.forEach((value, at) => {
      worst = Math.max(worst, Math.abs(value - wanted[at]!) / Math.max(1, Math.abs(wanted[at]!)));
    });
  });
  return worst;
};
