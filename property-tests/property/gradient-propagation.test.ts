import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import type { Compiled } from "../../src/compile.ts";
import { inner } from "../../src/property/difference.ts";
import { batches, parameters } from "../../src/property/index.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Example, Params, Values } from "../../src/runtime/interface.ts";
import { compiledProgram } from "./programs.ts";

const source = readFileSync(new URL("../../examples/gradient-propagation.rnn", import.meta.url), "utf8");

test("the gradient by the state that the program writes down is the one that the compiler derives", () => {
  const written = `${source.trimEnd().slice(0, -1)}  output q[t] = U^T ((1 - s[t]^2) * g[t+1])\n}`;
  const model = compiledProgram(written, { statics: { n: 3, lambda: 0 }, wrt: ["x"], loss: "sum" });
  fc.assert(
    fc.property(parameters(model), batches(model), (params, { batch }) => {
      const { gradient } = model.gradient(params, batch);
      mustAgree("q", model.forward(params, batch).q!.data, gradient.x!, 1e-12);
    }),
    { numRuns: 25 },
  );
});

test("with the regulariser a network learns to remember what plain descent forgets", () => {
  const losses = [0, 0.5].map((lambda) => {
    const learner = compiledProgram(source, { statics: { n: 6, lambda } });
    const judge = compiledProgram(source, { statics: { n: 6, lambda: 0 } });
    const params = trained(learner, learner.pack(examples(1)), 300);
    return judge.loss(params, judge.pack(examples(2)));
  });
  assert.ok(losses[1]! < 0.35 && losses[0]! > 0.6, `${losses}`);
});

/** The class is the first input's sign; what follows for thirty steps is small noise. */
const examples = (seed: number): ReadonlyArray<Example> =>
  Array.from({ length: 20 }, (_, e) => ({
    x: Array.from({ length: 30 }, (_, t) => [
      t === 0 ? (e % 2 === 0 ? 1 : -1) : 0,
      0.1 * Math.sin(seed * 7 + e * 31 + t * 5),
    ]),
    y: e % 2,
  }));

/** Descent along the gradient cut to length 1, from small weights, through which the error vanishes. */
const trained = (model: Compiled, batch: ReturnType<Compiled["pack"]>, steps: number): Params => {
  const initial = model.init(5);
  let params: Params = { ...initial, W: initial.W!.map((weight) => 0.4 * weight) as Values };
  for (let step = 0; step < steps; step++) {
    const { gradient } = model.gradient(params, batch);
    const length = Math.sqrt(inner(gradient, gradient));
    params = Object.fromEntries(
      Object.entries(params).map(([path, values]) => [
        path,
        values.map((value, i) => value - (0.1 * gradient[path]![i]!) / Math.max(1, length)) as Values,
      ]),
    );
  }
  return params;
};
