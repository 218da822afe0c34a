import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Batch, Example, ModelInfo } from "../../src/runtime/interface.ts";
import { packedBatch } from "../../src/runtime/pack.js";
import { describeModel } from "./info.ts";

/** `x[u,t] : R[2]`, indexed against the order of the axes; `w[s,v]` of symbols, ragged; `z : R[2,1]`. */
const model = describeModel({
  axes: [
    { name: "t", length: "T", over: [] },
    { name: "u", length: "U", over: [] },
    { name: "s", length: "S", over: [] },
    { name: "v", length: "V", over: ["s"] },
  ],
  inputs: [
    { name: "x", indices: ["u", "t"], shape: [2] },
    { name: "w", indices: ["s", "v"], shape: [], symbols: 5 },
    { name: "z", indices: [], shape: [2, 1] },
  ],
});

const real = fc.double({ noNaN: true, noDefaultInfinity: true });
const length = fc.nat({ max: 3 });
const list = <A>(entry: fc.Arbitrary<A>, size: number) => fc.array(entry, { minLength: size, maxLength: size });
const example = fc
  .record({ T: length, U: length, words: fc.array(fc.nat({ max: 3 }), { maxLength: 3 }) })
  .chain(({ T, U, words }) =>
    fc.record({
      x: list(list(list(real, 2), T), U),
      w: fc.tuple(...words.map((size) => list(fc.nat({ max: 4 }), size))),
      z: list(list(real, 1), 2),
      T: fc.constant(T),
    }),
  );
const examples = fc.array(example, { minLength: 1, maxLength: 4 });

test("packing and reading back gives the examples, and all the rest is 0", () => {
  fc.assert(
    fc.property(examples, (given) => {
      const batch = packedBatch(model, given);
      const { T = 0, U = 0, S = 0, V = 0 } = batch.longest;
      const size = given.length;
      const places = { x: new Set<number>(), w: new Set<number>() };
      const at = (name: "x" | "w", place: number) => {
        places[name].add(place);
        return batch.values[name]![place];
      };
      given.forEach(({ x, w, z }, b) => {
        assert.equal(batch.lengths.T![b], x[0]?.length ?? given[b]!.T);
        assert.equal(batch.lengths.U![b], x.length);
        x.forEach((row, u) => {
          row.forEach((vector, t) => {
            vector.forEach((value, i) => {
              assert.equal(at("x", ((t * U + u) * size + b) * 2 + i), value);
            });
          });
        });
        w.forEach((word, s) => {
          assert.equal(batch.lengths.V![b * S + s], word.length);
          word.forEach((symbol, v) => {
            assert.equal(at("w", (s * V + v) * size + b), symbol);
          });
        });
        assert.deepEqual([...batch.values.z!.slice(2 * b, 2 * b + 2)], z.flat());
      });
      assert.equal(batch.values.x!.length, T * U * size * 2);
      for (const name of ["x", "w"] as const)
        batch.values[name]!.forEach((value, place) => {
          if (!places[name].has(place)) assert.equal(value, 0);
        });
    }),
  );
});

test("a typed array with its shape means the same as nested arrays", () => {
  fc.assert(
    fc.property(example, (given) => {
      const [U, T] = [given.x.length, given.T];
      const shaped: Example = {
        ...given,
        x: { shape: [U, U === 0 ? 0 : T, 2], data: Float64Array.from(given.x.flat(2)) },
        z: { shape: [2, 1], data: Float64Array.from(given.z.flat()) },
      };
      assert.deepEqual(packedBatch(model, [shaped]), packedBatch(model, [given]));
    }),
  );
});

const good: Example = { x: [[[1, 2]]], w: [[0]], z: [[1], [2]] };
const refusals: ReadonlyArray<readonly [law: string, change: Example, message: RegExp]> = [
  ["a missing input", { z: undefined as never }, /^examples\[1\]\.z: expected a value, found nothing$/],
  ["an unknown name, with the nearest known one", { xx: 1 }, /found "xx" \(did you mean "x"\?\)$/],
  ["NaN", { x: [[[1, Number.NaN]]] }, /^examples\[1\]\.x\[0\]\[0\]\[1\]: expected a number, found NaN$/],
  ["undefined", { x: [[[1, undefined as never]]] }, /x\[0\]\[0\]\[1\]: expected a number, found undefined$/],
  ["a string", { x: [[[1, "2" as never]]] }, /found "2"$/],
  ["a big integer", { x: [[new BigInt64Array(2) as never]] }, /expected 2 components, found a BigInt64Array of 2$/],
  ["a vector of another size", { x: [[[1, 2, 3]]] }, /^examples\[1\]\.x\[0\]\[0\]: expected 2 components, found 3$/],
  ["a number in place of an array", { x: [[7]] }, /^examples\[1\]\.x\[0\]\[0\]: expected 2 components, found 7$/],
  [
    "rows of different lengths",
    { x: [[[1, 2]], []] },
    /^examples\[1\]\.x\[1\]: expected 1 along t, as .*x\[0\] has, found 0$/,
  ],
  ["a length that disagrees with the data", { U: 2 }, /^examples\[1\]\.U: expected 1 along u, as .*\.x has, found 2$/],
  ["a length that is no length", { T: -1 }, /^examples\[1\]\.T: expected a length/],
  [
    "a symbol out of range",
    { w: [[5]] },
    /^examples\[1\]\.w\[0\]\[0\]: expected a symbol: an integer from 0 to 4, found 5$/,
  ],
  ["a symbol that is no integer", { w: [[0.5]] }, /expected a symbol.*found 0.5$/],
  [
    "a typed array that does not fill its shape",
    { z: { shape: [2, 1], data: new Float64Array(3) } },
    /expected 2 numbers/,
  ],
];
for (const [law, change, message] of refusals)
  test(`pack refuses ${law}, saying where`, () => {
    assert.throws(() => packedBatch(model, [good, { ...good, ...change }]), { name: "RnncError", message });
  });

test("pack refuses no examples, and what is no list of examples", () => {
  assert.throws(() => packedBatch(model, []), { name: "RnncError", message: /at least one example/ });
  assert.throws(() => packedBatch(model, {} as never), { name: "RnncError", message: /an array of examples/ });
  assert.throws(() => packedBatch(model, [null as never]), { name: "RnncError", message: /^examples\[0\]/ });
});

test("a length on whose axis no data stands is given by name, or asked for", () => {
  const free = describeModel({ axes: [{ name: "t", length: "T", over: [] }] });
  assert.deepEqual([...packedBatch(free, [{ T: 7 }, { T: 0 }]).lengths.T!], [7, 0]);
  assert.throws(() => packedBatch(free, [{}]), {
    name: "RnncError",
    message: /^examples\[0\]\.T: expected the length/,
  });
});

test("the lengths of a ragged axis that are given by name are as many as its outer axis has positions", () => {
  const nested = (outer: number | "S") =>
    describeModel({
      axes: [
        { name: "s", length: outer, over: [] },
        { name: "w", length: "W", over: ["s"] },
      ],
      inputs: [{ name: "q", indices: ["s"], shape: [] }],
    });
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 3 }), { maxLength: 3 }), fc.nat({ max: 3 }), (W, size) => {
      const q = Array.from({ length: size }, () => 1);
      const packed = () =>
        packedBatch(
          nested("S"),
          [
            { W, q },
            { W: [2], q: [1] },
          ],
          undefined,
        );
      if (W.length !== size) assert.throws(packed, /examples\[0\]\.W: expected \d along s, as examples\[0\]\.q has/);
      else assert.deepEqual([...packed().lengths.W!.slice(0, size)], W);
      const ofFixed = () => packedBatch(nested(Math.max(1, size)), [{ W, q: size === 0 ? [1] : q }], undefined);
      if (W.length !== Math.max(1, size)) assert.throws(ofFixed, /examples\[0\]\.W: expected \d along s, found \d/);
      else assert.deepEqual([...ofFixed().lengths.W!], W);
    }),
  );
});

test("an axis of fixed size has exactly that many entries", () => {
  const fixed = describeModel({
    axes: [{ name: "t", length: 2, over: [] }],
    inputs: [{ name: "x", indices: ["t"], shape: [] }],
  });
  assert.deepEqual([...packedBatch(fixed, [{ x: [1, 2] }]).values.x!], [1, 2]);
  assert.throws(() => packedBatch(fixed, [{ x: [1] }]), { name: "RnncError", message: /expected 2 along t, found 1/ });
});

test("a position that the model names must exist in every example", () => {
  const last: ModelInfo = {
    ...model,
    required: [
      { axis: "t", from: "end", offset: 0, least: 1 },
      { axis: "v", from: "start", offset: 2, least: 2 },
    ],
  };
  const full: Example = {
    x: [[[1, 2]]],
    w: [
      [0, 1],
      [2, 3, 4],
    ],
    z: [[1], [2]],
  };
  packedBatch(last, [full]);
  assert.throws(() => packedBatch(last, [full, { ...full, x: [[]] }]), {
    name: "RnncError",
    message: "examples[1]: position T of axis t needs T >= 1, found 0",
  });
  assert.throws(() => packedBatch(last, [full, { ...full, w: [[0, 1], [2]] }]), {
    name: "RnncError",
    message: "examples[1]: position 2 of axis v needs V >= 2, found 1",
  });
});

test("targets may be left out, by all examples together", () => {
  const observed = describeModel({
    axes: [{ name: "t", length: "T", over: [] }],
    inputs: [{ name: "x", indices: ["t"], shape: [] }],
    targets: [{ name: "y", indices: ["t"], shape: [], symbols: 3 }],
  });
  assert.deepEqual(Object.keys(packedBatch(observed, [{ x: [1] }]).values), ["x"]);
  assert.deepEqual(Object.keys(packedBatch(observed, [{ x: [1], y: [2] }]).values), ["x", "y"]);
  assert.throws(() => packedBatch(observed, [{ x: [1], y: [2] }, { x: [1] }]), { message: /^examples\[1\]\.y/ });
});

test("names that objects have by birth are names like any other", () => {
  const names = ["constructor", "__proto__", "toString"];
  const odd = describeModel({ inputs: names.map((name) => ({ name, indices: [], shape: [] })) });
  const batch = packedBatch(odd, [Object.fromEntries(names.map((name, i) => [name, i]))]);
  assert.deepEqual(
    Object.entries(batch.values).map(([name, [value]]) => [name, value]),
    names.map((name, i) => [name, i]),
  );
  assert.throws(() => packedBatch(odd, [{}]), {
    message: /^examples\[0\]\.constructor: expected a value, found nothing$/,
  });
});

const noisy = describeModel({
  axes: [{ name: "t", length: "T", over: [] }],
  noises: [
    { name: "m", indices: ["t"], shape: [3], noise: { distribution: "bernoulli", parameter: 0.8, mean: 0.8 } },
    { name: "g", indices: [], shape: [], noise: { distribution: "normal", parameter: 1, mean: 0 } },
  ],
});
const valid = (batch: Batch, b: number) =>
  batch.values.m!.filter((_, i) => Math.floor(i / 3) % batch.size === b).slice(0, 3 * batch.lengths.T![b]!);

test("without a seed noise is its mean, and with one an example's draws do not depend on the padding", () => {
  assert.deepEqual([...packedBatch(noisy, [{ T: 1 }]).values.m!], [0.8, 0.8, 0.8]);
  fc.assert(
    fc.property(fc.nat(), fc.nat({ max: 4 }), fc.nat({ max: 4 }), (seed, T, other) => {
      const alone = packedBatch(noisy, [{ T }], seed);
      const beside = packedBatch(noisy, [{ T }, { T: other }], seed);
      assert.deepEqual(valid(beside, 0), valid(alone, 0));
      assert.equal(beside.values.g![0], alone.values.g![0]);
      for (const value of valid(alone, 0)) assert.ok(value === 0 || value === 1);
    }),
  );
});

test("noise that an example gives is taken as it is", () => {
  assert.equal(packedBatch(noisy, [{ T: 0, g: 3 }], 1).values.g![0], 3);
});
