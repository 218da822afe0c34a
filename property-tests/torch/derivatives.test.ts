import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import { valuesOfExample } from "../../src/property/cells.ts";
import { hessianVector } from "../../src/property/hessian-vector.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Params, Values } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";

/** Programs of examples/ with derivatives in their equations, against `autograd.grad(create_graph=True)`. */
const names = ["gradient-penalty", "hamiltonian", "saliency"] as const;

const prepared = names.map((name, i) => {
  const source = readFileSync(new URL(`../../examples/${name}.rnn`, import.meta.url), "utf8");
  const models = (["js", "wasm"] as const).map((target) => compiledProgram(source, { target }));
  const { model, init } = models[0]!;
  const generator = xoroshiro128plus(i + 1);
  const examples = Array.from({ length: 4 }, () => randomExample(model, generator, { least: 1, greatest: 7 }));
  const moved = (by: number): Params =>
    Object.fromEntries(
      Object.entries(init(i + 1)).map(([path, values]) => [
        path,
        values.map((value, at) => value + by * Math.sin(at + i)) as Values,
      ]),
    );
  return { name, models, examples, params: moved(0.2), direction: moved(0.7) };
});

interface Judged {
  readonly outputs: ReadonlyArray<Readonly<Record<string, ReadonlyArray<number>>>>;
  readonly loss: number;
  readonly gradient: Readonly<Record<string, ReadonlyArray<number>>>;
  readonly second: Readonly<Record<string, ReadonlyArray<number>>>;
}

const plain = (params: Params) =>
  Object.fromEntries(Object.entries(params).map(([path, values]) => [path, Array.from(values)]));

/** Null where there is no PyTorch. */
const judged = ((): ReadonlyArray<Judged> | null => {
  const asked = prepared.map(({ name, models, params, direction, examples }) => ({
    name,
    examples,
    shapes: Object.fromEntries(models[0]!.model.params.map(({ path, shape }) => [path, shape])),
    params: plain(params),
    direction: plain(direction),
  }));
  const python = "/usr/bin/python3";
  if (spawnSync(python, ["-c", "import torch"]).status !== 0) return null;
  const { status, stdout, stderr } = spawnSync(python, [fileURLToPath(new URL("derivatives.py", import.meta.url))], {
    input: JSON.stringify(asked),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
})();

const skip = judged === null ? "PyTorch is not installed (Debian: python3-torch)" : false;

prepared.forEach(({ name, models, examples, params, direction }, i) => {
  test(`PyTorch gives the same outputs, loss and gradient, derivatives in equations included: ${name}`, {
    skip,
  }, () => {
    const expected = judged![i]!;
    for (const model of models) {
      const batch = model.pack(examples);
      const outputs = model.forward(params, batch);
      expected.outputs.forEach((alone, example) => {
        for (const [output, values] of Object.entries(alone))
          mustAgree(output, valuesOfExample(model.model, batch, outputs[output]!, example), values, 1e-11);
      });
      const { loss, gradient } = model.gradient(params, batch);
      mustAgree("the loss", [loss], [expected.loss], 1e-11);
      for (const [path, values] of Object.entries(gradient)) mustAgree(path, values, expected.gradient[path]!, 1e-10);
    }
  });

  test(`PyTorch gives the same product of the Hessian with a direction: ${name}`, { skip }, () => {
    const [model] = models;
    const found = hessianVector(model!)(params, model!.pack(examples), direction);
    for (const [path, values] of Object.entries(found)) mustAgree(path, values, judged![i]!.second[path]!, 1e-9);
  });
});
