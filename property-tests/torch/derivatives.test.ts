import { readFileSync } from "node:fs";
import { test } from "node:test";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import { valuesOfExample } from "../../src/property/cells.ts";
import { hessianVector } from "../../src/property/hessian-vector.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Params, Values } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";
import { answerOf, parametersAsked, plain, skip } from "./python.ts";

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

const judged = answerOf<ReadonlyArray<Judged>>(
  "derivatives.py",
  prepared.map(({ name, models, params, direction, examples }) => ({
    name,
    examples,
    ...parametersAsked(models[0]!, params),
    direction: plain(direction),
  })),
);

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
