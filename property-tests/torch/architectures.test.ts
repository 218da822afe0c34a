import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Example, Nested, Params, Values } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";

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

/** Null where there is no PyTorch. */
const judged = ((): ReadonlyArray<Judged> | null => {
  const asked = prepared.map(({ name, models, params, examples }) => ({
    name,
    examples,
    shapes: Object.fromEntries(models[0]!.model.params.map(({ path, shape }) => [path, shape])),
    params: Object.fromEntries(Object.entries(params).map(([path, values]) => [path, Array.from(values)])),
  }));
  const python = "/usr/bin/python3";
  if (spawnSync(python, ["-c", "import torch"]).status !== 0) return null;
  const { status, stdout, stderr } = spawnSync(python, [fileURLToPath(new URL("architectures.py", import.meta.url))], {
    input: JSON.stringify(asked),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
})();

const skip = judged === null ? "PyTorch is not installed (Debian: python3-torch)" : false;

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
