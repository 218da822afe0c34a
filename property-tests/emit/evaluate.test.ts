import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Batch, Example, Output, Params } from "../../src/runtime/interface.ts";
import { compiledElman } from "./elman.ts";

const compiled = compiledElman();
const params = compiled.init(7);
const real = fc.double({ min: -2, max: 2, noNaN: true });
const example: fc.Arbitrary<Example> = fc.array(fc.tuple(real, real), { maxLength: 5 }).map((x) => ({ x }));
const examples = fc.array(example, { minLength: 1, maxLength: 4 });

/** An example's own part of an output over `[t][batch][2]`. */
const part = ({ data, shape, lengths }: Output, b: number): ReadonlyArray<number> =>
  [...data].filter((_, i) => Math.floor(i / 2) % shape[1]! === b).slice(0, 2 * lengths.T![b]!);
const close = (a: number, b: number): void =>
  assert.ok(Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b)), `${a} ${b}`);

test("an example means in a batch what it means alone", () => {
  fc.assert(
    fc.property(examples, (given) => {
      const together = compiled.forward(params, compiled.pack(given)).h!;
      const alone = given.map((one) => compiled.pack([one]));
      alone.forEach((batch, b) => {
        const expected = part(compiled.forward(params, batch).h!, 0);
        part(together, b).forEach((value, i) => {
          close(value, expected[i]!);
        });
      });
      const losses = alone.map((batch) => compiled.loss(params, batch));
      close(compiled.loss(params, compiled.pack(given)), losses.reduce((a, b) => a + b, 0) / given.length);
      assert.equal(compiled.gradient(params, compiled.pack(given)).loss, compiled.loss(params, compiled.pack(given)));
    }),
  );
});

test("whatever a batch holds as padding changes nothing, and outputs are padded with zeros", () => {
  fc.assert(
    fc.property(examples, fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 1e9), (given, junk) => {
      const clean = compiled.pack(given);
      const isPadding = (i: number): boolean =>
        Math.floor(i / (2 * clean.size)) >= clean.lengths.T![Math.floor(i / 2) % clean.size]!;
      const dirty: Batch = {
        ...clean,
        values: { x: clean.values.x!.map((value, i) => (isPadding(i) ? junk : value)) },
      };
      assert.deepEqual(compiled.gradient(params, dirty), compiled.gradient(params, clean));
      const { h } = compiled.forward(params, dirty);
      h!.data.forEach((value, i) => {
        if (isPadding(i)) assert.equal(value, 0);
      });
    }),
  );
});

test("a call leaves nothing behind for the next, whatever their sizes", () => {
  fc.assert(
    fc.property(examples, examples, (first, second) => {
      const batch = compiled.pack(first);
      const before = compiled.gradient(params, batch);
      compiled.gradient(params, compiled.pack(second));
      assert.deepEqual(compiled.gradient(params, batch), before);
    }),
  );
});

test("single precision gives single arrays, near those of double precision", () => {
  const single = compiledElman("f32");
  const given = [{ x: [[1, -0.5], [0.25, 2]] }]; // biome-ignore format: a table
  const found = single.gradient(single.init(7), single.pack(given));
  const expected = compiled.gradient(params, compiled.pack(given));
  assert.ok(found.gradient.W instanceof Float32Array);
  found.gradient.W.forEach((value, i) => {
    assert.ok(Math.abs(value - expected.gradient.W![i]!) < 1e-5);
  });
});

test("parameters that are not numbers give results that are not numbers", () => {
  const batch = compiled.pack([{ x: [[1, 2]] }]);
  assert.ok(Number.isNaN(compiled.loss({ ...params, U: new Float64Array(4).fill(Number.NaN) }, batch)));
});

const batch = compiled.pack([{ x: [[1, 2]] }, { x: [] }]);
const refusals: ReadonlyArray<readonly [string, Params, Batch, RegExp]> = [
  ["a parameter that is missing", { W: params.W! }, batch, /^params\["U"\]: expected 4 numbers, found nothing$/],
  ["a parameter of another size", { ...params, U: new Float64Array(3) }, batch, /^params\["U"\].*typed array of 3$/],
  [
    "a batch without an input",
    params,
    { ...batch, values: {} },
    /^batch: expected the input x\[t\] of each of the 2 examples, with T = 1, 0, found nothing$/,
  ],
  [
    "values of another size",
    params,
    { ...batch, values: { x: new Float64Array(5) } },
    /^batch\.values\.x.*array of 5$/,
  ],
  ["a batch of no examples", params, { ...batch, size: 0 }, /^batch\.size/],
  ["a batch without a length", params, { ...batch, lengths: {} }, /^batch\.lengths\.T: expected an Int32Array of 2/],
  [
    "a length beyond the longest",
    params,
    { ...batch, lengths: { T: Int32Array.of(1, 2) } },
    /^batch\.lengths\.T.*found 2$/,
  ],
  ["a batch that nothing can hold", params, { ...batch, longest: { T: 2 ** 30 } }, /needs \d+ numbers at once$/],
];
for (const [law, given, wrong, message] of refusals)
  test(`a call refuses ${law}, saying where`, () => {
    assert.throws(() => compiled.loss(given, wrong), { name: "RnncError", message });
  });

test("a model that cannot be stepped says so", () => {
  assert.throws(() => compiled.generate(params, { length: 1 }), { name: "RnncError", message: /^Elman: expected/ });
});
