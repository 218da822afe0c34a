import assert from "node:assert/strict";
import { test } from "node:test";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import type { Compiled } from "../../src/compile.ts";
import { onnxOf, recurrencesIn } from "../../src/export/onnx/export-model.ts";
import { bytesOfModel } from "../../src/onnx/encode.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Example, Params } from "../../src/runtime/interface.ts";
import { compiledExample } from "../emit/examples.ts";
import { compiledProgram } from "../property/programs.ts";
import { givenFor } from "./agreement.ts";
import { ran, skip } from "./runtime.ts";

const fromOnnx = async ({ elaborated, pack, model }: Compiled, params: Params, examples: ReadonlyArray<Example>) => {
  const exported = onnxOf(elaborated, { params, precision: "f32", draws: true });
  assert.ok("right" in exported);
  const given = givenFor({ elaborated, pack, model } as Compiled, pack(examples));
  return { recurrences: recurrencesIn(exported.right.graph), found: await ran(bytesOfModel(exported.right), given) };
};

/** Large weights, so that sequences differ and end here and there. */
const wild = (model: Compiled, seed: number): Params =>
  Object.fromEntries(
    Object.entries(model.init(seed)).map(([path, values]) => [
      path,
      values.map((value, i) => 4 * value + Math.sin(i + seed)),
    ]),
  ) as Params;

const longest = 9;

for (const name of [
  "translation.rnn",
  "encoder-decoder.rnn",
  "name-generation.rnn",
  "attention-seq2seq.rnn",
  "caption-each-step.rnn",
])
  test(`what ${name} generates in ONNX Runtime is what it generates by itself, and ends where that does`, {
    skip,
  }, async () => {
    const model = compiledExample(name, { precision: "f32", target: "js" });
    const { targets, inputs } = model.model;
    const target = targets[0]!.name;
    let early = 0;
    for (const seed of [1, 2, 3, 4]) {
      const generator = xoroshiro128plus(seed);
      const params = wild(model, seed);
      const examples = [0, 1, 2].map(() => randomExample(model.model, generator, { least: 2, greatest: 4 }));
      const contexts = examples.map((example) =>
        Object.fromEntries(inputs.map((each) => [each.name, example[each.name]!])),
      );
      const { values, lengths } = model.generate(params, { length: longest, choose: "mode", inputs: contexts });
      const full = examples.map((example) => ({ ...example, [target]: new Array(longest).fill(2) }));
      const { recurrences, found } = await fromOnnx(model, params, full);
      assert.equal(recurrences.Loop, 1);
      const reached = Object.entries(found).find(([key]) => key.endsWith("_reached"))![1];
      assert.deepEqual(Array.from(reached.data, Number), lengths);
      early += lengths.filter((length) => length < longest).length;
      const symbols = Array.from(found[target]!.data, Number);
      lengths.forEach((length, k) => {
        const own = Array.from({ length }, (_, i) => symbols[i * lengths.length + k]!);
        assert.deepEqual(own, values[target]![k]);
      });
    }
    assert.ok(early > 0, "some sequence ends early");
  });

test("numbers and truths are read back as what is expected of them", { skip }, async () => {
  const model = compiledProgram(
    `model M(n = 3) {
  axis t in 1..T
  input x[t] : R
  param W, U, v
  h[0] = 0
  y[0] = 0
  z[0] = 0
  h[t] : R[n] = tanh(W h[t-1] + U [x[t]; y[t-1]; z[t-1]])
  output m[t] = dot(v, h[t])
  y[t] ~ normal(m[t], 1)
  z[t] ~ bernoulli(sigmoid(4 * m[t]))
}`,
    { precision: "f32", target: "js" },
  );
  const params = wild(model, 1);
  const x = Array.from({ length: 6 }, (_, i) => Math.sin(i));
  const { values } = model.generate(params, { length: 6, choose: "mode", inputs: [{ x }] });
  const { found } = await fromOnnx(model, params, [{ x, y: x, z: x.map(() => 1) }]);
  mustAgree("y", Array.from(found.y!.data, Number), values.y![0] as ReadonlyArray<number>, 1e-5);
  mustAgree("z", Array.from(found.z!.data, Number), values.z![0] as ReadonlyArray<number>, 0);
});
