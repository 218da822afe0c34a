import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mostLikely } from "../../examples/tasks/measure.ts";
import { compiledProgram } from "../../examples/tasks/train.ts";
import { noise, outputsOf, paramsOf, runs, sequence } from "../std/compiled.ts";
import { rows } from "./matrices.ts";

const network = (program: string, statics: Readonly<Record<string, number>>) =>
  compiledProgram(program, { precision: "f64", target: "js", statics, exports: ["pack", "forward", "start", "step"] });

test("what a type II network says at a step depends on its input and on the output before, whatever its parameters and the rest of the past", () => {
  const sizes = fc.record({
    seed: fc.integer({ min: 1, max: 100_000 }),
    k: fc.integer({ min: 1, max: 3 }),
    n: fc.integer({ min: 1, max: 5 }),
    m: fc.integer({ min: 2, max: 4 }),
    before: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(sizes, ({ seed, k, n, m, before }) => {
      const symbols = (from: number): ReadonlyArray<number> =>
        noise(from, before).map((value) => Math.floor(((value + 1) / 2) * m));
      /** Pasts of the same length that end in the same output, and then the same input. */
      const pasts = [0, 1].map((which) => ({
        x: [...sequence(seed + 1000 * which, before, k), ...sequence(seed + 7, 1, k)],
        y: [...symbols(seed + which).with(-1, seed % m), 0],
      }));
      const said = (program: string) => {
        const model = network(program, { k, n, m });
        const params = paramsOf(model.model, seed);
        return pasts.map((past) => outputsOf(model, params, past).p!.slice(-m));
      };
      const [one, other] = said("type-two");
      assert.deepEqual(one, other);
      const [first, second] = said("type-one");
      assert.notDeepEqual(first, second);
    }),
    runs(8),
  );
});

/** All sequences of bits, as inputs of -1 and 1, with the input before the last as what is asked for. */
const length = 7;
const echoes = Array.from({ length: 2 ** length }, (_, code) => {
  const bits = Array.from({ length }, (_unused, t) => (code >> t) & 1);
  return { x: bits.map((bit) => [2 * bit - 1]), y: bits.map((_unused, t) => bits[t - 2] ?? 0) };
});
/** From the third on: before, there is nothing to be remembered. */
const shareRight = (model: ReturnType<typeof network>, params: ReturnType<typeof paramsOf>): number => {
  const right = echoes.flatMap((example) =>
    rows(outputsOf(model, params, example).p!, 2)
      .slice(3)
      .map((p, t) => Number(mostLikely(p) === example.y[t + 3])),
  );
  return right.reduce((sum, each) => sum + each, 0) / right.length;
};

test("of the input before the last, over all sequences, a type II network gets half right with whatever parameters, and a type I network written by hand all", () => {
  const [one, two] = ["type-one", "type-two"].map((program) => network(program, { k: 1, n: 3, m: 2 }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), (seed) => {
      assert.equal(shareRight(two!, paramsOf(two!.model, seed)), 1 / 2);
    }),
    runs(8),
  );
  // Each unit hands on what the one before it held: the input, one step later, two steps later.
  const line = { U: [5, 0, 0], W: [0, 0, 0, 5, 0, 0, 0, 5, 0], V: [0, 0, -5, 0, 0, 5], b: [0, 0, 0], c: [0, 0] };
  assert.equal(shareRight(one!, paramsOf(one!.model, 1, line)), 1);
});
