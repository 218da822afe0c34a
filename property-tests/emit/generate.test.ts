import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Params } from "../../src/runtime/interface.ts";
import type { Generation } from "../../src/runtime/program.ts";
import { nothing, writtenModel } from "./written-program.ts";

const copied: Generation = { rounds: [["y"]], copies: [{ state: "$state.0.1", target: "y" }], again: false };

/** `y[t] ~ categorical(row y[t-1] of W)` over 3 symbols, `y[0] = 0`; symbol 2 ends a sequence. */
const chain = (generation: Generation = copied) =>
  writtenModel(
    {
      axes: [{ name: "t", length: "T", over: [] }],
      targets: [{ name: "y", indices: ["t"], shape: [], symbols: 3 }],
      params: [{ path: "W", shape: [3, 3], init: { tag: "constant", value: 0 } }],
      randoms: [{ target: "y", family: "categorical", arguments: ["y.logProbabilities"], until: 2 }],
      streamable: "t",
    },
    generation,
    {
      forward: nothing,
      start: { leaves: [], results: [["state", "$state.0.1"]], run: "M[at(0)] = 0;" },
      step: {
        leaves: [
          ["parameter", "W", 9],
          ["input", "y"],
          ["input", "$state.0.1"],
        ],
        results: [
          ["distribution", "y.logProbabilities", 3],
          ["state", "$state.0.1"],
        ],
        run: "for (let v = 0; v < 3; v++) M[at(3) + v] = M[at(0) + 3 * M[at(2)] + v]; M[at(4)] = M[at(1)];",
      },
    },
  );
const logs = (...rows: ReadonlyArray<ReadonlyArray<number>>): Params => ({
  W: Float64Array.from(rows.flat(), Math.log),
});
const cycle = logs([0, 1, 0], [1, 0, 0], [0, 0, 1]);
const even = logs([1, 1, 1], [1, 1, 1], [1, 1, 1]);
const lively = logs([0.2, 0.5, 0.3], [0.4, 0.4, 0.2], [1, 0, 0]);

test("what was drawn is read back by the next step", () => {
  assert.deepEqual(chain().generate(cycle, { length: 5 }), { values: { y: [[1, 0, 1, 0, 1]] }, lengths: [5] });
});

test("patching the state with what was drawn gives what running the step again gives", () => {
  const again = chain({ rounds: [["y"]], copies: [], again: true });
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 3 }), (seed, size) => {
      const options = { seed, size, length: 8 };
      assert.deepEqual(again.generate(lively, options), chain().generate(lively, options));
    }),
  );
});

test("the same seed gives the same sequences, each independent of those beside it", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const three = chain().generate(lively, { seed, size: 3, length: 9 });
      const one = chain().generate(lively, { seed, length: 9 });
      assert.deepEqual(three.values.y![0], one.values.y![0]);
    }),
  );
});

test("a sequence ends with its end symbol, or at the greatest length", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const { values, lengths } = chain().generate(even, { seed, size: 4, length: 6 });
      values.y!.forEach((sequence, b) => {
        assert.equal(sequence.length, lengths[b]);
        const end = sequence.indexOf(2);
        assert.equal(sequence.length, end < 0 ? 6 : end + 1);
      });
    }),
  );
});

test("the prefix comes first and is read as if it had been drawn", () => {
  assert.deepEqual(chain().generate(cycle, { length: 4, prefix: { y: [0, 0] } }).values.y, [[0, 0, 1, 0]]);
  const two = chain().generate(cycle, { length: 4, prefix: [{ y: [1] }, { y: [0, 0, 0] }] });
  assert.deepEqual(two.values.y, [
    [1, 0, 1, 0],
    [0, 0, 0, 1],
  ]);
});

test("draws have the frequencies of the distribution, sharpened by the temperature", () => {
  const flat = chain({ ...copied });
  const W = logs([0.6, 0.4, 0], [0.6, 0.4, 0], [1, 0, 0]);
  const share = (temperature: number) => {
    const { values } = flat.generate(W, { seed: 5, length: 4000, temperature });
    return values.y![0]!.filter((symbol) => symbol === 0).length / 4000;
  };
  assert.ok(Math.abs(share(1) - 0.6) < 0.025);
  assert.ok(Math.abs(share(0.5) - 0.36 / 0.52) < 0.025);
  assert.ok(share(0.01) > 0.999);
});

test("the mode is the most probable symbol", () => {
  const W = logs([0.3, 0.6, 0.1], [0.5, 0.4, 0.1], [1, 0, 0]);
  assert.deepEqual(chain().generate(W, { length: 4, choose: "mode" }).values.y, [[1, 0, 1, 0]]);
});

test("a variable that depends on another of the same step is drawn after it", () => {
  const model = writtenModel(
    {
      axes: [{ name: "t", length: "T", over: [] }],
      targets: [
        { name: "y", indices: ["t"], shape: [] },
        { name: "z", indices: ["t"], shape: [2] },
      ],
      randoms: [
        { target: "y", family: "bernoulli", arguments: ["y.probability"] },
        { target: "z", family: "normal", arguments: ["z.mean", "z.deviation"] },
      ],
      streamable: "t",
    },
    { rounds: [["y"], ["z"]], copies: [], again: false },
    {
      forward: nothing,
      start: nothing,
      step: {
        leaves: [["input", "y"]],
        results: [
          ["distribution", "y.probability"],
          ["distribution", "z.mean", 2],
          ["distribution", "z.deviation", 2],
        ],
        run: "M[at(1)] = 0.5; M[at(2)] = 10 * M[at(0)]; M[at(2) + 1] = 0 - M[at(0)]; M[at(3)] = M[at(3) + 1] = 0;",
      },
    },
  );
  const { values } = model.generate({}, { seed: 1, size: 2, length: 20 });
  values.y!.forEach((sequence, b) => {
    assert.deepEqual(new Set(sequence), new Set([0, 1]));
    assert.deepEqual(
      values.z![b],
      sequence.map((y) => [10 * Number(y), y === 0 ? 0 : -1]),
    );
  });
});

const refusals: ReadonlyArray<readonly [string, Parameters<ReturnType<typeof chain>["generate"]>[1], RegExp]> = [
  ["a temperature of 0", { length: 1, temperature: 0 }, /^options\.temperature: expected a number above 0, found 0/],
  ["no symbols to draw from", { length: 1, topK: 0 }, /^options\.topK: expected an integer above 0, found 0/],
  ["a nucleus of more than all", { length: 1, topP: 1.1 }, /^options\.topP: expected a number above 0 and at most 1/],
  ["a length that is no length", { length: 0.5 }, /^options\.length/],
  ["a seed that is no integer", { length: 1, seed: 0.5 }, /^options\.seed/],
  ["no sequences", { length: 1, size: 0 }, /^options\.size/],
  ["a prefix of another name", { length: 1, prefix: { x: [1] } }, /^options\.prefix: .*found "x"/],
  ["a prefix with no symbol", { length: 1, prefix: { y: [3] } }, /^options\.prefix\[0\]\.y\[0\]: expected a symbol/],
  ["a prefix longer than the length", { length: 1, prefix: { y: [1, 1] } }, /^options\.prefix\[0\]: 2 steps are more/],
  [
    "prefixes for another number of sequences",
    { length: 1, size: 3, prefix: [{ y: [1] }] },
    /^options\.prefix: expected one/,
  ],
];
for (const [law, options, message] of refusals)
  test(`generate refuses ${law}, saying where`, () => {
    assert.throws(() => chain().generate(cycle, options), { name: "RnncError", message });
  });

test("a distribution is refused if one of its numbers is none, wherever it stands", () => {
  for (const choose of ["mode", "draw"] as const)
    for (const at of [0, 1, 2]) {
      const row = [0.2, 0.3, 0.5].map((p, i) => (i === at ? Number.NaN : p));
      assert.throws(() => chain().generate(logs(row, row, row), { length: 1, choose }), { name: "RnncError" });
    }
});
