import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import type { Compiled, CompileOptions } from "../../src/compile.ts";
import type { Target } from "../../src/emit/targets.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { ifNative } from "../native/here.ts";
import { someOf } from "../often.ts";
import { type Case, cases } from "../programs/cases.ts";
import { runs } from "../programs/laws.ts";
import { compiledProgram } from "../property/programs.ts";
import { movingOf, stillOf } from "./flat.ts";
import { inBlocks, inChunks, mustBeSame, stepwise, whole } from "./together.ts";

const targets: ReadonlyArray<readonly [Target, { readonly skip?: string }]> = [
  ["js", {}],
  ["wasm", {}],
  ["native", ifNative],
];

/** Whether a model has streams, and its data can be cut. */
const streams = (model: Compiled): boolean =>
  model.model.streamable !== null &&
  movingOf(model).length > 0 &&
  model.model.outputs.some(({ indices }) => indices.includes(`${model.model.streamable}`)) &&
  model.model.randoms.every(({ until }) => until === undefined);

const lengthOf = ({ model }: Compiled, wanted: number): number => {
  const { length } = model.axes.find(({ name }) => name === model.streamable)!;
  return model.limits.reduce(
    (most, limit) => (limit.axis === model.streamable ? Math.min(most, limit.most) : most),
    typeof length === "number" ? length : wanted,
  );
};

/** Steps, chunks and blocks of two streams, of which one is begun anew, are what the whole is. */
const agreeEverywhere = (model: Compiled, seed: number, wanted: number): void => {
  const generator = xoroshiro128plus(seed);
  const params = model.init(seed);
  const positions = lengthOf(model, wanted);
  const isFixed = typeof model.model.axes.find(({ name }) => name === model.model.streamable)!.length === "number";
  const sizes = { least: positions, greatest: positions };
  const first = randomExample(model.model, generator, sizes);
  // Context and all else is the second's own; both are as long.
  const second = randomExample(model.model, generator, sizes);
  const expected = [first, second].map((example) => whole(model, params, example, positions));
  [first, second].forEach((example, b) => {
    mustBeSame(stepwise(model, params, example, positions), expected[b]!, "steps");
  });
  const middle = Math.min(1 + (seed % 3), positions);
  const cuts = [0, middle, middle, positions];
  if (!isFixed && isChunked(model)) mustBeSame(inChunks(model, params, first, cuts), expected[0]!, "chunks");
  const stream = model.stream(params, { context: [first, second].map((example) => stillOf(model, example)) });
  const found = inBlocks(model, stream, [first, second], cuts);
  mustBeSame(found[0]!, expected[0]!, "blocks of the first stream");
  mustBeSame(found[1]!, expected[1]!, "blocks of the second stream");
  stream.reset(1);
  if (isFixed) return;
  // A table of positions ends: then the other cannot go on, either.
  if (2 * positions > lengthOf(model, 2 * positions)) stream.reset(0);
  const again = inBlocks(model, stream, [first, second], [0, positions]);
  mustBeSame(again[1]!, expected[1]!, "a stream that was begun anew");
  const twice = { ...first, ...joined(model, first) };
  if (model.model.limits.every(({ axis }) => axis !== model.model.streamable) && isChunked(model))
    mustBeSame(again[0]!, laterHalf(whole(model, params, twice, 2 * positions), positions), "the other");
};

/** A position that is named need not be in each chunk. */
const isChunked = ({ model }: Compiled): boolean =>
  model.required.every(({ axis }) => axis !== model.streamable) &&
  model.axes.every(
    ({ name, length }) =>
      name === model.streamable || length !== model.axes.find((axis) => axis.name === model.streamable)!.length,
  );

const joined = (model: Compiled, example: Example): Example =>
  Object.fromEntries(
    movingOf(model)
      .filter(({ indices }) => indices[0] === model.model.streamable)
      .map(({ name }) => {
        const values = example[name] as ReadonlyArray<never>;
        return [name, [...values, ...values]];
      }),
  );

const laterHalf = (course: ReturnType<typeof whole>, positions: number) =>
  Object.fromEntries(Object.entries(course).map(([name, values]) => [name, values.slice(positions)]));

const isOutermost = (model: Compiled): boolean =>
  movingOf(model).every(({ indices }) => indices[0] === model.model.streamable);

for (const [target, options] of targets) {
  test(
    `streams in blocks of any size, steps, chunks and the whole of random programs have the same bits (${target})`,
    options,
    () => {
      let told = 0;
      const law = ({ source, seed }: Case) => {
        const given: CompileOptions = { target, precision: seed % 2 === 0 ? "f64" : "f32" };
        const model = compiledProgram(source, given);
        fc.pre(streams(model) && isOutermost(model));
        agreeEverywhere(model, seed, 1 + (seed % 7));
        told += 1;
      };
      fc.assert(fc.property(cases({ smooth: false }, 1), law), runs(target === "native" ? 10 : 60));
      assert.ok(told > 0);
    },
  );
  const models = exampleNames.filter((name) => streams(compiledExample(name)));
  for (const name of target === "native" ? someOf(models, 1, 12) : someOf(models, target === "js" ? 0 : 1))
    test(`streams of ${name} in blocks are its steps and the whole, to the bit (${target})`, options, () => {
      for (const precision of ["f32", "f64"] as const)
        agreeEverywhere(compiledExample(name, { target, precision }), 5, 11);
    });
}
