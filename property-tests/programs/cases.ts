import assert from "node:assert/strict";
import fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import type { Compiled, CompileOptions } from "../../src/compile.ts";
import { valuesOfExample } from "../../src/property/cells.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Batch, Example, Params, Values } from "../../src/runtime/interface.ts";
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
  const examples = Array.from({ length: count }, () => randomExample(model.model, generator, { least, greatest }));
  const initial = model.init(seed);
  const params = Object.fromEntries(
    Object.entries(initial).map(([path, values]) => [
      path,
      values.map((value, i) => value + 0.1 * Math.sin(i + seed)) as Values,
    ]),
  );
  return { model, params, examples, batch: model.pack(examples) };
};

/** The mean over the examples of what each gives alone, by definition. */
export const agreesWithMeaning = ({ model, params, examples, batch }: Ready, tolerance: number): void => {
  const expected = examples.map((example) => expectedOf(model, environmentOf(model, params, model.pack([example]))));
  const outputs = model.forward(params, batch);
  expected.forEach((alone, example) => {
    for (const [name, values] of Object.entries(alone.outputs))
      mustAgree(name, valuesOfExample(model.model, batch, outputs[name]!, example), values, tolerance);
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
