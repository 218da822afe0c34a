import assert from "node:assert/strict";
import { test } from "node:test";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import { mustAgree } from "../../src/property/law.ts";
import { standardLibrary } from "../../src/std/library.ts";
import { compiledProgram } from "../property/programs.ts";
import { modelOf, sizesOf } from "../std/cells.ts";
import { learnedOf, paramsOf } from "../std/compiled.ts";
import { answerOf, parametersAsked, skip } from "./python.ts";

/** Every standard cell at two sizes, with ragged batches and parameters away from where they start. */
const prepared = standardLibrary().definitions.flatMap(({ name }, i) =>
  [
    { n: 3, k: 2 },
    { n: 1 + (i % 4), k: 1 + (i % 3) },
  ].map((statics, j) => {
    const model = compiledProgram(modelOf(name.text), {
      statics: sizesOf(name.text, statics),
      target: j === 0 ? "js" : "wasm",
    });
    const generator = xoroshiro128plus(1 + i + 100 * j);
    const examples = [1, 2, 3].map(() => randomExample(model.model, generator, { least: 1, greatest: 5 }));
    return { name: name.text, statics, model, examples, params: paramsOf(model.model, 1 + i + 100 * j) };
  }),
);

interface Judged {
  readonly loss: number;
  readonly values: ReadonlyArray<ReadonlyArray<number>>;
  readonly gradient: Readonly<Record<string, ReadonlyArray<number>>>;
}

const judged = answerOf<ReadonlyArray<Judged>>(
  "standard.py",
  prepared.map(({ name, model, params, examples }) => ({
    name,
    examples,
    learned: learnedOf(model.model),
    ...parametersAsked(model, params),
  })),
);

prepared.forEach(({ name, statics, model, examples, params }, i) => {
  test(`PyTorch gives the same values, loss and gradient, written as in the paper: ${name}, n = ${statics.n}, k = ${statics.k}`, {
    skip,
  }, () => {
    const expected = judged![i]!;
    const { loss, gradient } = model.gradient(params, model.pack(examples));
    examples.forEach((example, j) => {
      mustAgree("h", model.forward(params, model.pack([example])).h!.data, expected.values[j]!, 1e-11);
    });
    mustAgree("the loss", [loss], [expected.loss], 1e-11);
    assert.deepEqual(Object.keys(expected.gradient).sort(), [...learnedOf(model.model)].sort());
    for (const [path, values] of Object.entries(expected.gradient))
      mustAgree(`the gradient by ${path}`, gradient[path]!, values, 1e-10);
  });
});
