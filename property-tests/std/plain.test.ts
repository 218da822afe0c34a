import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import type { Compiled } from "../../src/compile.ts";
import { inner } from "../../src/property/difference.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Example, ModelInfo, Params } from "../../src/runtime/interface.ts";
import { standardLibrary } from "../../src/std/library.ts";
import { modelOf, sizesOf } from "./cells.ts";
import { compiled, flat, learnedOf, paramsOf, runs } from "./compiled.ts";
import { add, mul, type Num, number, sin, sub, type Vec } from "./plain/numbers.ts";
import type { Weights } from "./plain/recurrent.ts";
import { type Reference, references } from "./plain/references.ts";

const known = standardLibrary().definitions.map(({ name }) => name.text);

test("every standard cell has equations apart", () => {
  assert.deepEqual(Object.keys(references).sort(), [...known].sort());
});

for (const cell of known)
  test(`${cell} gives what the equations of its paper give, written apart: values, loss and gradient`, () => {
    const sizes = fc.record({
      seed: fc.integer({ min: 1, max: 100_000 }),
      n: fc.integer({ min: 1, max: 4 }),
      k: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(sizes, ({ seed, n, k }) => {
        const model = compiled(modelOf(cell), { statics: sizesOf(cell, { n, k }) });
        const generator = xoroshiro128plus(seed);
        const examples = [1, 2].map(() => randomExample(model.model, generator, { least: 1, greatest: 4 }));
        const params = paramsOf(model.model, seed);
        const { loss, gradient } = model.gradient(params, model.pack(examples));
        for (const turn of [1, 2]) {
          const direction = directionOf(model.model, seed + 7919 * turn);
          const found = examples.map((example) => valuesOf(references[cell]!, model, params, direction, example));
          found.forEach((values, i) => {
            const { h } = model.forward(params, model.pack([examples[i]!]));
            mustAgree(
              "h",
              h!.data,
              values.flat().map(({ value }) => value),
              1e-10,
            );
          });
          const { value, slope } = mul(number(0.5), add(...found.map(lossOf)));
          mustAgree("the loss", [loss], [value], 1e-10);
          mustAgree("the gradient along a direction", [inner(gradient, direction)], [slope], 1e-9);
        }
      }),
      runs(4),
    );
  });

/** A direction of what is learned: what is fixed stays. */
const directionOf = (model: ModelInfo, seed: number): Params => {
  const learned = learnedOf(model);
  return Object.fromEntries(
    Object.entries(paramsOf(model, seed)).map(([path, values]) => [
      path,
      learned.includes(path) ? values : values.map(() => 0),
    ]),
  );
};

/** What the model of `cells.ts` minimizes. */
const lossOf = (h: ReadonlyArray<Vec>): Num =>
  add(
    ...h.flat().flatMap((value) => {
      const off = sub(value, number(0.3));
      return [mul(off, off), mul(number(0.5), sin(value))];
    }),
  );

const valuesOf = (
  reference: Reference,
  { model }: Compiled,
  params: Params,
  direction: Params,
  example: Example,
): ReadonlyArray<Vec> => {
  const numbers = (path: string): Vec =>
    Array.from(params[path] ?? assert.fail(`there is no parameter ${path}`), (value, i) =>
      number(value, direction[path]![i]!),
    );
  const weights = (prefix: string): Weights => ({
    vector: (name) => numbers(prefix + name),
    matrix: (name) => {
      const columns =
        model.params
          .find(({ path }) => path === prefix + name)
          ?.shape.slice(1)
          .at(-1) ?? 1;
      const all = numbers(prefix + name);
      return Array.from({ length: all.length / columns }, (_, i) => all.slice(i * columns, (i + 1) * columns));
    },
    at: (name) => weights(`${prefix}${name}.`),
  });
  const vectors = (of: unknown): ReadonlyArray<Vec> =>
    ((of ?? []) as ReadonlyArray<ReadonlyArray<number>>).map((vector) => vector.map((value) => number(value)));
  const isRagged = model.inputs.some(({ name, indices }) => name === "z" && indices.length === 2);
  return reference({
    weights: weights(""),
    x: vectors(example.x),
    z: isRagged ? [] : vectors(example.z),
    ragged: isRagged ? (example.z as ReadonlyArray<unknown>).map(vectors) : [],
    w: example.w === undefined ? [] : flat(example.w),
    N: typeof example.N === "number" ? example.N : 0,
  });
};
