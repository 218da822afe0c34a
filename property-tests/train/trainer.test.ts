import assert from "node:assert/strict";
import { test } from "node:test";
import { isLeft } from "fp-ts/lib/Either.js";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import { type CompileOptions, compile } from "../../src/compile.ts";
import type { Params, State } from "../../src/runtime/interface.ts";
import { clipByNorm } from "../../src/train/clip.ts";
import { descend, noMemories, type Optimiser, optimisers } from "../../src/train/optimiser.ts";

const source = `import LSTM from "std"
model M(n = 3, k = 2, m = 3) {
  axis t in 1..T
  input x[t] : R[k]
  param O
  param unread : R[2]
  h[t] = LSTM(n)(x[t])
  y[t] : symbol[m] ~ categorical(softmax(O h[t]))
}
`;

const compiled = (options: CompileOptions) => {
  const result = compile(source, options);
  if (isLeft(result)) assert.fail(JSON.stringify(result.left));
  return result.right;
};

const near = (found: Params, expected: Params, tolerance: number) => {
  for (const [path, values] of Object.entries(expected)) {
    values.forEach((value, i) => {
      assert.ok(
        Math.abs(found[path]![i]! - value) <= tolerance * Math.max(1, Math.abs(value)),
        `${path}[${i}]: ${found[path]![i]}, not ${value}`,
      );
    });
  }
};

const setups = [
  { precision: "f64", target: "js", tolerance: 1e-12 },
  { precision: "f64", target: "wasm", tolerance: 1e-12 },
  { precision: "f32", target: "wasm", tolerance: 1e-4 },
] as const;

for (const { precision, target, tolerance } of setups) {
  for (const optimiser of Object.values(optimisers) as ReadonlyArray<Optimiser>) {
    test(`training in place is the gradient, clipped, and a step of ${optimiser.tag} (${precision}, ${target})`, () => {
      const model = compiled({ precision, target, optimiser: optimiser.tag });
      const generator = xoroshiro128plus(5);
      const params = model.init(3);
      const training = model.trainer(params);
      let expected = { params, memories: noMemories(optimiser, params) };
      let state: State | undefined;
      // Batches of other sizes in between, and other calls of the model, change nothing.
      [3, 3, 1, 4, 4].forEach((size, i) => {
        const batch = model.pack(
          Array.from({ length: size }, () => randomExample(model.model, generator, { least: 1, greatest: 4 })),
        );
        const before = state?.size === size ? state : undefined;
        const { loss, gradient } = model.gradient(expected.params, batch, before);
        const clipped = clipByNorm(0.5, gradient);
        expected = descend(optimiser, 0.1, i + 1, expected, clipped);
        const found = training.step(batch, { rate: 0.1, clip: 0.5, state: before });
        assert.ok(Math.abs(found.loss - loss) <= tolerance * Math.max(1, Math.abs(loss)));
        state = found.state;
      });
      near(training.params(), expected.params, tolerance);
      near(params, model.init(3), 0);
    });
  }
}

test("two trainings of one model do not meet", () => {
  const model = compiled({ precision: "f64", optimiser: "adam" });
  const generator = xoroshiro128plus(9);
  const batches = Array.from({ length: 4 }, () =>
    model.pack([randomExample(model.model, generator, { least: 1, greatest: 4 })]),
  );
  const alone = model.trainer(model.init(1));
  for (const batch of batches) alone.step(batch, { rate: 0.1 });
  const [first, second] = [model.trainer(model.init(1)), model.trainer(model.init(2))];
  for (const batch of batches) {
    first.step(batch, { rate: 0.1 });
    second.step(batch, { rate: 0.05 });
  }
  near(first.params(), alone.params(), 0);
  near(first.memories(), alone.memories(), 0);
});

test("a model without an optimiser says that it cannot train", () => {
  assert.throws(() => compiled({}).trainer({}), { name: "RnncError" });
});
