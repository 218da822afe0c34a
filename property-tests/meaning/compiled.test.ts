import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isLeft } from "fp-ts/lib/Either.js";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { relativeError } from "../../src/check/gradient.ts";
import { randomExample } from "../../src/check/random-example.ts";
import { type Compiled, compile } from "../../src/compile.ts";
import type { Batch, Example, Output, Params, Precision } from "../../src/runtime/interface.ts";
import { often, someOf } from "../often.ts";
import { programs, type SizedProgram } from "./programs.ts";
import { type Meaning, meaningOf, type Values } from "./reference.ts";

const runs = { numRuns: often(4), includeErrorInReport: true };

const settings = fc.record({
  seed: fc.integer({ min: 1, max: 100_000 }),
  sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 6, maxLength: 6 }),
  longest: fc.integer({ min: 0, max: 7 }),
  batch: fc.integer({ min: 1, max: 4 }),
});
type Settings = typeof settings extends fc.Arbitrary<infer S> ? S : never;

/** A program compiled at the sizes, with parameters and examples. Two symbols at least: `sos` and `eos` name them. */
const prepared = ({ name, source, sizes }: SizedProgram, precision: Precision, setting: Settings) => {
  const statics = Object.fromEntries(
    sizes.map((size, i) => [size, /[VM]/.test(size) ? 1 + setting.sizes[i % 6]! : setting.sizes[i % 6]!]),
  );
  const result = compile(source, { file: name, precision, statics });
  if (isLeft(result)) assert.fail(JSON.stringify(result.left));
  const compiled = result.right;
  const generator = xoroshiro128plus(setting.seed);
  const examples = Array.from({ length: setting.batch }, () =>
    randomExample(compiled.model, generator, { least: 0, greatest: setting.longest }),
  );
  return { compiled, examples, params: compiled.init(setting.seed), batch: compiled.pack(examples) };
};

const close = (found: number, expected: number, tolerance: number, what: string): void =>
  assert.ok(
    // The mean over nothing is no number by its meaning.
    relativeError(found, expected) <= tolerance || Object.is(found, expected),
    `${what}: ${found}, not ${expected}`,
  );

/** The number of one example in the padded block of a batch. */
const inBatch = ({ shape, axes, data }: Output, place: Values["at"][number]["place"], example: number): number => {
  const components = Object.entries(place).filter(([key]) => key.startsWith("#"));
  let slot = 0;
  const flat = axes.reduce((offset, axis, i) => {
    const at = axis === "batch" ? example : axis === "" ? components[slot++]![1] : place[axis]!;
    return offset * shape[i]! + at;
  }, 0);
  return data[flat]!;
};

const outputsAgree = (
  compiled: Compiled,
  params: Params,
  batch: Batch,
  meanings: ReadonlyArray<Meaning>,
  tolerance: number,
) => {
  const outputs = compiled.forward(params, batch);
  meanings.forEach(({ outputs: evaluated, unfolded }, example) => {
    for (const [oracle, values] of [
      ["evaluator", evaluated],
      ["unfolded graph", unfolded],
    ] as const) {
      for (const { role, name, at } of values) {
        if (role !== "output") continue;
        for (const { place, value } of at) {
          const where = `${name}${JSON.stringify(place)} of example ${example}, against the ${oracle}`;
          close(inBatch(outputs[name]!, place, example), value, tolerance, where);
        }
      }
    }
  });
};

const gradientAgrees = (
  compiled: Compiled,
  params: Params,
  batch: Batch,
  meanings: ReadonlyArray<Meaning>,
  tolerance: number,
) => {
  if (!compiled.model.hasLoss) return;
  const mean = (of: (meaning: Meaning) => number) =>
    meanings.reduce((sum, meaning) => sum + of(meaning), 0) / meanings.length;
  const { loss, gradient } = compiled.gradient(params, batch);
  close(
    loss,
    mean((meaning) => meaning.loss),
    tolerance,
    "loss",
  );
  close(compiled.loss(params, batch), loss, tolerance, "loss alone");
  // A loss that is no number, as of the mean over nothing, has no gradient that could be right.
  if (Number.isNaN(loss)) return;
  for (const { path } of compiled.model.params) {
    gradient[path]!.forEach((value, flat) => {
      close(
        value,
        mean((meaning) => meaning.gradient[path]![flat]!),
        tolerance,
        `gradient of ${path}[${flat}]`,
      );
    });
  }
};

/** The batch with something else where no example reaches. */
const withPadding = (compiled: Compiled, batch: Batch, padding: number): Batch => ({
  ...batch,
  values: Object.fromEntries(
    Object.entries(batch.values).map(([name, values]) => {
      const variable = [...compiled.model.inputs, ...compiled.model.targets].find((one) => one.name === name)!;
      const axis = compiled.model.axes.find((one) => one.name === variable.indices[0]);
      if (variable.indices.length !== 1 || typeof axis?.length !== "string") return [name, values];
      const lengths = batch.lengths[axis.length]!;
      const size = variable.shape.reduce((a, b) => a * b, 1);
      return [
        name,
        values.map((value, i) =>
          Math.floor(i / size / batch.size) < lengths[Math.floor(i / size) % batch.size]! ? value : padding,
        ),
      ];
    }),
  ),
});

for (const program of someOf(programs, 0, 3))
  test(`compiled in f64 = evaluator = unfolded graph, forwards and gradient: ${program.name}`, () => {
    fc.assert(
      fc.property(settings, (setting) => {
        const { compiled, params, examples, batch } = prepared(program, "f64", setting);
        const meanings = examples.map((example: Example) => meaningOf(compiled.elaborated, params, example));
        outputsAgree(compiled, params, batch, meanings, 1e-10);
        gradientAgrees(compiled, params, batch, meanings, 1e-10);
      }),
      runs,
    );
  });

for (const program of someOf(programs, 1, 6))
  test(`compiled in f32 = evaluator, to single precision: ${program.name}`, () => {
    fc.assert(
      fc.property(settings, (setting) => {
        const { compiled, params, examples, batch } = prepared(program, "f32", setting);
        const meanings = examples.map((example: Example) => meaningOf(compiled.elaborated, params, example));
        outputsAgree(compiled, params, batch, meanings, 1e-4);
        gradientAgrees(compiled, params, batch, meanings, 1e-4);
      }),
      { ...runs, numRuns: often(2) },
    );
  });

for (const program of someOf(programs, 3, 6))
  test(`a batch means what its examples mean alone, whatever its padding holds: ${program.name}`, () => {
    fc.assert(
      fc.property(settings, fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -7), (setting, padding) => {
        const { compiled, params, examples, batch } = prepared(program, "f64", setting);
        const padded = withPadding(compiled, batch, padding);
        const found = compiled.forward(params, padded);
        for (const [name, output] of Object.entries(compiled.forward(params, batch))) {
          assert.deepEqual(found[name]!.data, output.data);
        }
        if (!compiled.model.hasLoss) return;
        const alone = examples.map((example: Example) => compiled.gradient(params, compiled.pack([example])));
        const { loss, gradient } = compiled.gradient(params, padded);
        close(loss, alone.reduce((sum, one) => sum + one.loss, 0) / alone.length, 1e-10, "loss");
        for (const { path } of compiled.model.params) {
          gradient[path]!.forEach((value, flat) => {
            const mean = alone.reduce((sum, one) => sum + one.gradient[path]![flat]!, 0) / alone.length;
            close(value, mean, 1e-10, `gradient of ${path}[${flat}]`);
          });
        }
      }),
      { ...runs, numRuns: often(2) },
    );
  });
