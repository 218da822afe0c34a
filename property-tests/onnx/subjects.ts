import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import type { Compiled } from "../../src/compile.ts";
import type { Example, Params } from "../../src/runtime/interface.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { compiledProgram } from "../property/programs.ts";
import { applications, modelOf, sizesOf } from "../std/cells.ts";

export interface Subject {
  readonly name: string;
  readonly compiled: (precision: "f32" | "f64") => Compiled;
}

/** Every example and every standard cell at work, those that give something. */
export const subjects: ReadonlyArray<Subject> = [
  ...exampleNames.map(
    (name): Subject => ({ name, compiled: (precision) => compiledExample(name, { precision, target: "js" }) }),
  ),
  ...Object.keys(applications).map(
    (cell): Subject => ({
      name: cell,
      compiled: (precision) =>
        compiledProgram(modelOf(cell), { statics: sizesOf(cell, { n: 3, k: 2 }), precision, target: "js" }),
    }),
  ),
];

/** Batches of three examples: of lengths from 0 on, of equal ones, and of nothing but empty sequences. */
export const batchesOf = ({ model }: Compiled): ReadonlyArray<ReadonlyArray<Example>> =>
  (
    [
      [0, 5],
      [3, 3],
      [0, 0],
    ] as const
  ).map(([least, greatest], seed) => {
    const generator = xoroshiro128plus(seed + 1);
    return [0, 1, 2].map(() => randomExample(model, generator, { least, greatest }));
  });

/** Weights as they are drawn, and biases that are not 0. */
export const paramsOf = ({ model, init }: Compiled): Params =>
  Object.fromEntries(
    Object.entries(init(3)).map(([path, values], k) => [
      path,
      values.map((value, i) => value + (model.params[k]!.shape.length < 2 ? 0.2 * Math.sin(i + k) : 0)),
    ]),
  ) as Params;
