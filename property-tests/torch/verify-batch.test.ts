import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import { lengthNames, type TensorTold, tensorsOfBatch } from "../../src/export/verify/batch.ts";
import type { Example, Nested } from "../../src/runtime/interface.ts";
import { often } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";

/** Sentences of so many words each, which have letters; the axes of `z` are not in the order of their declaration. */
const program = `model Ragged(k = 2) {
  axis s in 1..S
  axis w in 1..W[s]
  axis t in 1..T
  input x[s, w] : R[k]
  input z[t, s] : R
  input v[t] : symbol[5]
  param a = 1
  l[t] = if v[t] == 2 then 1 else 0
  minimize a * (sum[s, w](sum(x[s, w])) + sum[t, s](z[t, s] * l[t]))
}`;

const at = ({ shape, data }: TensorTold, place: ReadonlyArray<number>): number =>
  data[place.reduce((flat, i, axis) => flat * shape[axis]! + i, 0)]!;

const places = (shape: ReadonlyArray<number>): ReadonlyArray<ReadonlyArray<number>> =>
  shape.reduce<ReadonlyArray<ReadonlyArray<number>>>(
    (all, size) => all.flatMap((place) => Array.from({ length: size }, (_, i) => place.concat(i))),
    [[]],
  );

const within = (value: Nested | undefined, place: ReadonlyArray<number>): Nested | undefined =>
  place.reduce<Nested | undefined>((inner, i) => (Array.isArray(inner) ? inner[i] : undefined), value);

test("each value of an example stands at its place behind the example's, all else is 0, and lengths are those of the lists", () => {
  const model = compiledProgram(program);
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 4 }), (seed, count) => {
      const examples: ReadonlyArray<Example> = Array.from({ length: count }, (_, i) =>
        randomExample(model.model, xoroshiro128plus(seed + i), { least: 0, greatest: 4 }),
      );
      const told = tensorsOfBatch(model.model, examples, model.pack(examples));
      assert.deepEqual(Object.keys(told).sort(), ["S", "T", "W", "v", "x", "z"]);
      assert.deepEqual(lengthNames(model.model).toSorted(), ["S", "T", "W"]);
      for (const name of ["x", "z", "v"])
        for (const place of places(told[name]!.shape)) {
          const [example, ...inside] = place;
          assert.equal(at(told[name]!, place), within(examples[example!]![name], inside) ?? 0);
        }
      assert.deepEqual(
        ["x", "z", "v", "S"].map((name) => told[name]!.whole),
        [false, false, true, true],
      );
      examples.forEach((example, b) => {
        const sentences = example.x as ReadonlyArray<ReadonlyArray<Nested>>;
        assert.equal(at(told.S!, [b]), sentences.length);
        assert.equal(at(told.T!, [b]), (example.v as ReadonlyArray<Nested>).length);
        for (const [, s] of places(told.W!.shape).filter(([each]) => each === b))
          assert.equal(at(told.W!, [b, s!]), sentences[s!]?.length ?? 0);
      });
    }),
    { numRuns: often(100) },
  );
});
