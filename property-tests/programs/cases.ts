import assert from "node:assert/strict";
import fc from "fast-check";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { randomExample } from "../../src/check/random-example.ts";
import type { Compiled, CompileOptions } from "../../src/compile.ts";
import { mustAgree } from "../../src/property/law.ts";
import { axesNamed, eachCell } from "../../src/runtime/frame.js";
import type { Batch, Example, ModelInfo, Nested, Output, Params, Values } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";
import { programs, type RandomProgram } from "./arbitrary.ts";
import type { Manner } from "./growth.ts";
import { type Expected, environmentOf, expectedOf } from "./oracle.ts";

/** A random program with the sizes of a batch; lengths begin at 0 where no position is named. */
export interface Case extends RandomProgram {
  readonly least: number;
  readonly greatest: number;
  readonly examples: number;
  readonly seed: number;
}

export const cases = (kind: Manner, least = 0): fc.Arbitrary<Case> =>
  fc
    .tuple(programs(kind), fc.integer({ min: least, max: 3 }), fc.integer({ min: 1, max: 2 }), fc.nat(999))
    .map(([program, greatest, examples, seed]) => ({
      ...program,
      least,
      greatest,
      examples,
      seed,
      [fc.toStringMethod]: () => `lengths ${least}..${greatest}, ${examples} examples, seed ${seed}\n${program.source}`,
    }));

/** Of `stop` the gradient is 0 by decree: no difference agrees with that. */
export const withoutStop = (given: fc.Arbitrary<Case>): fc.Arbitrary<Case> =>
  given.filter(({ source }) => !source.includes("stop("));

export interface Ready {
  readonly model: Compiled;
  readonly params: Params;
  readonly examples: ReadonlyArray<Example>;
  readonly batch: Batch;
}

export const ready = (
  { source, least, greatest, examples: count, seed }: Case,
  options: CompileOptions = {},
): Ready => {
  const model = compiledProgram(source, options);
  const generator = xoroshiro128plus(seed);
  const examples = Array.from({ length: count }, () =>
    withGaps(model.model, generator, randomExample(model.model, generator, { least, greatest })),
  );
  const initial = model.init(seed);
  const params = Object.fromEntries(
    Object.entries(initial).map(([path, values]) => [
      path,
      values.map((value, i) => value + 0.1 * Math.sin(i + seed)) as Values,
    ]),
  );
  return { model, params, examples, batch: model.pack(examples) };
};

/** Of every third target a value is missing here and there, where nothing but its own `~` reads it. */
const withGaps = ({ randoms, targets }: ModelInfo, generator: RandomGenerator, example: Example): Example => {
  const gaps = (nested: Nested, depth: number): Nested | null => {
    if (depth > 0) return (nested as ReadonlyArray<Nested>).map((each) => gaps(each, depth - 1)) as Nested;
    return uniformInt(generator, 0, 2) === 0 ? null : nested;
  };
  const given = targets.flatMap(({ name, indices }) => {
    const isReadBack = randoms.some(({ target, reads }) => target === name && reads !== undefined);
    if (isReadBack || uniformInt(generator, 0, 2) > 0) return [];
    return [[name, gaps(example[name] as Nested, indices.length)] as const];
  });
  return { ...example, ...Object.fromEntries(given) };
};

/** Of the parameters those that have a gradient: what is fixed has none. */
export const learned = ({ model: { model } }: Ready, params: Params): Params =>
  Object.fromEntries(model.params.flatMap(({ path, fixed }) => (fixed ? [] : [[path, params[path]!]])));

/**
 * The values of an output that belong to an example, as `valuesOfExample` has them but in the order in which a circuit has
 * its axes, which is that of their declarations, whatever the order in which the output is written.
 */
export const insideValues = (
  model: ModelInfo,
  batch: Batch,
  { axes: written, shape, data }: Output,
  example: number,
): ReadonlyArray<number> => {
  const axes = axesNamed(model.axes, written);
  const block = shape.slice(axes.length).reduce((a, b) => a * b, 1);
  const declared = axes.map((_, i) => i).sort((a, b) => model.axes.indexOf(axes[a]!) - model.axes.indexOf(axes[b]!));
  const cells: Array<{ readonly place: ReadonlyArray<number>; readonly values: ReadonlyArray<number> }> = [];
  eachCell(axes, batch, (cell, of, valid, position) => {
    if (valid && of === example)
      cells.push({
        place: declared.map((i) => position[i]!),
        values: [...data.slice(cell * block, (cell + 1) * block)],
      });
  });
  const apart = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): number =>
    a.reduce((found, at, i) => (found === 0 ? at - b[i]! : found), 0);
  return cells.sort((a, b) => apart(a.place, b.place)).flatMap(({ values }) => values);
};

/** The mean over the examples of what each gives alone, by definition. */
export const agreesWithMeaning = ({ model, params, examples, batch }: Ready, tolerance: number): void => {
  const expected = examples.map((example) => expectedOf(model, environmentOf(model, params, model.pack([example]))));
  const outputs = model.forward(params, batch);
  expected.forEach((alone, example) => {
    for (const [name, values] of Object.entries(alone.outputs))
      mustAgree(name, insideValues(model.model, batch, outputs[name]!, example), values, tolerance);
  });
  const { loss, gradient } = model.gradient(params, batch);
  const mean = (of: (alone: Expected) => number): number =>
    expected.reduce((sum, alone) => sum + of(alone), 0) / expected.length;
  const meant = mean((alone) => alone.loss);
  mustAgree("the loss", [loss], [meant], tolerance);
  assert.ok(Number.isFinite(meant), `the loss is ${meant}`);
  for (const [path, values] of Object.entries(gradient))
    mustAgree(
      `the gradient by ${path}`,
      values,
      Array.from(values, (_, i) => mean((alone) => alone.gradient[path]![i]!)),
      tolerance,
    );
};
