import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Example, Nested, Params, Values } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";
import { answerOf, parametersAsked, skip } from "./python.ts";

/**
 * Architectures of the literature, none of which stands in examples/ or std: each program of `architectures/` against
 * the function of its name in `architectures.py`, ragged batches of random examples, every parameter.
 */
const folder = new URL("architectures/", import.meta.url);

/** Labels fit into a sequence only if it is long enough. */
const longEnough: Readonly<Record<string, (example: Example) => Example>> = {
  "connectionist-temporal-classification": (example) => ({
    ...example,
    x: Array.from({ length: 7 }, () => example.x as ReadonlyArray<Nested>).flat(),
  }),
};

const prepared = readdirSync(folder)
  .sort()
  .map((file, i) => {
    const name = file.replace(/\.rnn$/, "");
    const source = readFileSync(new URL(file, folder), "utf8");
    const models = (["js", "wasm"] as const).map((target) => compiledProgram(source, { target }));
    const { model, init } = models[0]!;
    const generator = xoroshiro128plus(i + 1);
    const examples = Array.from({ length: 4 }, () => randomExample(model, generator, { least: 1, greatest: 7 })).map(
      longEnough[name] ?? ((example) => example),
    );
    const params: Params = Object.fromEntries(
      Object.entries(init(i + 1)).map(([path, values]) => [
        path,
        values.map((value, at) => value + 0.2 * Math.sin(at + i)) as Values,
      ]),
    );
    return { name, models, examples, params };
  });

interface Judged {
  readonly loss: number;
  readonly gradient: Readonly<Record<string, ReadonlyArray<number>>>;
}

const judged = answerOf<ReadonlyArray<Judged>>(
  "architectures.py",
  prepared.map(({ name, models, params, examples }) => ({
    name,
    examples,
    ...parametersAsked(models[0]!, params),
  })),
);

test("at least twenty architectures are compared", () => assert.ok(prepared.length >= 20));

prepared.forEach(({ name, models, examples, params }, i) => {
  test(`PyTorch gives the same loss and gradient, written as in the paper: ${name}`, { skip }, () => {
    const expected = judged![i]!;
    assert.ok(Number.isFinite(expected.loss));
    for (const model of models) {
      const { loss, gradient } = model.gradient(params, model.pack(examples));
      mustAgree("the loss", [loss], [expected.loss], 1e-11);
      for (const [path, values] of Object.entries(expected.gradient))
        mustAgree(`the gradient by ${path}`, gradient[path]!, values, 1e-10);
    }
  });
});
