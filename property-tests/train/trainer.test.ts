import assert from "node:assert/strict";
import { test } from "node:test";
import { isLeft } from "fp-ts/lib/Either.js";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import { type CompileOptions, compile } from "../../src/compile.ts";
import type { Params, State } from "../../src/runtime/interface.ts";
import { type OptimiserName, optimiserRules } from "../../src/transform/training-step.ts";
import { clippedPlainly, descendPlainly, type Limits, nothingRemembered } from "./plain-descent.ts";
import { source } from "./tagging-model.ts";

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
  { precision: "f32", target: "js", tolerance: 1e-4 },
  { precision: "f32", target: "wasm", tolerance: 1e-4 },
] as const;

const names = Object.keys(optimiserRules) as ReadonlyArray<OptimiserName>;

/** Neither limit, each, and both. */
const clippings: ReadonlyArray<Limits> = [
  {},
  { clip: 0.5 },
  { clipValue: 0.05 },
  { scale: 0.7, clip: 0.5, clipValue: 0.05 },
];

/** Batches of several sizes, drawn from a seed. */
const batchesOf = (model: ReturnType<typeof compiled>, sizes: ReadonlyArray<number>) => {
  const generator = xoroshiro128plus(5);
  return sizes.map((size) =>
    model.pack(Array.from({ length: size }, () => randomExample(model.model, generator, { least: 1, greatest: 4 }))),
  );
};

for (const { precision, target, tolerance } of setups)
  for (const name of names) {
    const { constants } = optimiserRules[name];
    const model = compiled({ precision, target, optimiser: name });

    test(`training in place is the gradient, clipped, and a step of ${name} (${precision}, ${target})`, () => {
      for (const limits of clippings) {
        const params = model.init(3);
        const training = model.trainer(params);
        let expected = { params, memories: nothingRemembered(name, params) };
        let state: State | undefined;
        // Batches of other sizes in between, and other calls of the model, change nothing.
        batchesOf(model, [3, 3, 1, 4, 4]).forEach((batch, i) => {
          const before = state?.size === batch.size ? state : undefined;
          const { loss, gradient } = model.gradient(expected.params, batch, before);
          expected = descendPlainly({ name, constants }, 0.1, i + 1, expected, clippedPlainly(limits, gradient));
          const found = training.step(batch, { rate: 0.1, ...limits, state: before });
          assert.ok(Math.abs(found.loss - loss) <= tolerance * Math.max(1, Math.abs(loss)));
          const norms = Object.entries(gradient).map(
            ([path, values]) =>
              [path, Float64Array.of(limits.scale ?? 1).map((scale) => scale * Math.hypot(...values))] as const,
          );
          const told = Object.entries(training.norms()).map(([path, norm]) => [path, Float64Array.of(norm)] as const);
          near(Object.fromEntries(told), Object.fromEntries(norms), tolerance);
          state = found.state;
        });
        near(training.params(), expected.params, tolerance);
        near(expected.memories, training.state().memories, tolerance);
        near(params, model.init(3), 0);
      }
    });

    test(`a training by ${name} that goes on from another's parameters and state has the bits of one that never stopped (${precision}, ${target})`, () => {
      const batches = batchesOf(model, [2, 2, 1, 3, 3, 2]);
      for (const [i, limits] of clippings.entries())
        for (const stop of [[0, 4], [1], [0, 4], [3]][i]!) {
          const straight = model.trainer(model.init(3));
          const first = model.trainer(model.init(3));
          const told: Array<unknown> = [];
          batches.forEach((batch, i) => {
            told.push(straight.step(batch, { rate: 0.1 / (1 + i), ...limits }));
          });
          const before = batches
            .slice(0, stop)
            .map((batch, i) => first.step(batch, { rate: 0.1 / (1 + i), ...limits }));
          // As it is after it was written as JSON and read again.
          const saved = JSON.parse(
            JSON.stringify({
              params: lists(first.params()),
              state: { ...first.state(), memories: lists(first.state().memories) },
            }),
          );
          const second = model.trainer(saved.params, {}, { state: saved.state });
          const after = batches
            .slice(stop)
            .map((batch, i) => second.step(batch, { rate: 0.1 / (1 + stop + i), ...limits }));
          assert.deepStrictEqual([...before, ...after], told);
          assert.deepStrictEqual(second.params(), straight.params());
          assert.deepStrictEqual(second.state(), straight.state());
        }
    });
  }

test("the norms are those of the last step, and none before one or once another training has stepped", () => {
  const model = compiled({ optimiser: "sgd" });
  const [one, other] = [model.trainer(model.init(1)), model.trainer(model.init(2))];
  const [batch] = batchesOf(model, [2]);
  assert.deepEqual(one.norms(), {});
  const { norm } = one.step(batch!, { rate: 0.1 });
  assert.ok(Math.abs(Math.hypot(...Object.values(one.norms())) - norm) < 1e-6 * norm);
  other.step(batch!, { rate: 0.1 });
  assert.deepEqual(one.norms(), {});
});

const lists = (values: Params) =>
  Object.fromEntries(Object.entries(values).map(([name, of]) => [name, Array.from(of)]));

test("a state of another optimiser, or without one of its memories, is refused by name", () => {
  const [adam, momentum] = (["adam", "momentum"] as const).map((optimiser) => compiled({ optimiser }));
  const training = adam!.trainer(adam!.init(1));
  const state = training.state();
  assert.throws(() => momentum!.trainer(training.params(), {}, { state }), {
    name: "RnncError",
    message: 'options.state.optimiser: expected "momentum", found "adam"',
  });
  const { "$memory.0.O": _, ...memories } = state.memories;
  assert.throws(() => adam!.trainer(training.params(), {}, { state: { ...state, memories } }), {
    name: "RnncError",
    message: 'options.state.memories["$memory.0.O"]: expected 9 numbers, found nothing',
  });
});

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
  near(first.state().memories, alone.state().memories, 0);
});

test("a model without an optimiser says that it cannot train", () => {
  assert.throws(() => compiled({}).trainer({}), { name: "RnncError" });
});
