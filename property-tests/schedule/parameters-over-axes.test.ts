import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import type { Circuit } from "../../src/circuit/circuit.ts";
import { targetNames } from "../../src/emit/targets.ts";
import { innerOf } from "../../src/loops/inner.ts";
import type { Loop } from "../../src/loops/loops.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Params } from "../../src/runtime/interface.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { compiledProgram } from "../property/programs.ts";

/** Mixtures whose parameters vary along an axis, declared first or last, and the same with copies of its equations. */
const [overAxis, overLast, copies] = ["over-axis", "over-last-axis", "copies"].map((name) =>
  readFileSync(new URL(`../../bench/mixture/${name}.rnn`, import.meta.url), "utf8"),
) as [string, string, string];

const sizes = fc.record({ K: fc.integer({ min: 2, max: 6 }), D: fc.integer({ min: 2, max: 4 }) });

const productsIn = (loops: ReadonlyArray<Loop>): number =>
  loops.reduce((count, loop) => count + (loop.tag === "product" ? 1 : productsIn(innerOf(loop))), 0);

const products = (circuit: Circuit): number =>
  schedule(circuit).blocks.reduce((count, { body }) => count + productsIn(body), 0);

test("the K products by a parameter over an axis are one statement of products, whatever K is, and so are those of each derivative", () => {
  fc.assert(
    fc.property(sizes, (statics) => {
      for (const source of [overAxis, overLast]) {
        const { gradient, loss } = compiledProgram(source, { statics }).circuits;
        assert.equal(products(loss!), 1);
        // The value, the derivative by the parameter and the one by what it is multiplied with.
        assert.equal(products(gradient!), 3);
      }
      const copied = compiledProgram(copies, { statics }).circuits;
      assert.equal(products(copied.loss!), statics.K);
      assert.equal(products(copied.gradient!), 3 * statics.K);
    }),
    { numRuns: 5 },
  );
});

/** How many dimensions the rows of a product have: with the examples' there may be that of the positions. */
const rowsIn = (loops: ReadonlyArray<Loop>): ReadonlyArray<number> =>
  loops.flatMap((loop) => (loop.tag === "product" ? [loop.m.extent.dims.length] : rowsIn(innerOf(loop))));

test("wherever the axis of the parameters is declared, a product takes all positions and examples as rows at once", () => {
  for (const source of [overAxis, overLast]) {
    const { circuits } = compiledProgram(source, { statics: { K: 3, D: 2 } });
    assert.deepEqual(
      schedule(circuits.loss!).blocks.flatMap(({ body }) => rowsIn(body)),
      [2],
    );
  }
});

for (const target of targetNames)
  test(`a mixture over an axis is the mixture of copies: loss and gradient (${target})`, () => {
    fc.assert(
      fc.property(sizes, fc.nat(99), (statics, seed) => {
        const [over, last, copied] = [overAxis, overLast, copies].map((source) =>
          compiledProgram(source, { statics, target }),
        );
        const generator = xoroshiro128plus(seed);
        const examples = [1, 2].map(() => randomExample(over!.model, generator, { least: 0, greatest: 5 }));
        const params = over!.init(seed);
        const part = (of: Params, path: string): Float64Array => {
          const [name, member] = path.split(".");
          const size = of[name!]!.length / statics.K;
          return (of[name!] as Float64Array).slice((Number(member) - 1) * size, Number(member) * size);
        };
        const members = Object.fromEntries(copied!.model.params.map(({ path }) => [path, part(params, path)]));
        const one = over!.gradient(params, over!.pack(examples));
        const other = copied!.gradient(members, copied!.pack(examples));
        mustAgree("the loss", [one.loss], [other.loss], 1e-12);
        const { loss, gradient } = last!.gradient(params, last!.pack(examples));
        mustAgree("the loss", [one.loss], [loss], 1e-12);
        for (const [path, values] of Object.entries(gradient)) mustAgree(path, one.gradient[path]!, values, 1e-10);
        for (const { path } of copied!.model.params)
          mustAgree(path, part(one.gradient, path), other.gradient[path]!, 1e-10);
      }),
      { numRuns: 4 },
    );
  });
