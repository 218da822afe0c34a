import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Nested } from "../../src/runtime/interface.ts";
import { body, compiled, noise, refusal, runs, sequence } from "../std/compiled.ts";

const sizes = fc.record({
  seed: fc.integer({ min: 1, max: 100_000 }),
  k: fc.integer({ min: 1, max: 4 }),
  V: fc.integer({ min: 2, max: 6 }),
  length: fc.integer({ min: 1, max: 4 }),
});
/** A vector of readings, a symbol, and a picture at each step: prices and sensors, words and nucleotides, video. */
const source = (value: string): string =>
  body(
    `input x[t] : R[k]
input w[t] : symbol[V]
input f[t] : R[2,k]
param E : R[V,k]
output h[t] = ${value}`,
    "k = 2, V = 4",
  );

test("series of vectors, of symbols and of pictures stand in one model, each of a type that takes its own data and no other", () => {
  fc.assert(
    fc.property(sizes, ({ seed, k, V, length }) => {
      const model = compiled(source("f[t] (x[t] + E[w[t]])"), { statics: { k, V }, target: "js" });
      assert.deepEqual(
        model.model.inputs.map(({ name, shape, symbols }) => [name, shape, symbols]),
        [
          ["x", [k], undefined],
          ["w", [], V],
          ["f", [2, k], undefined],
        ],
      );
      const good = {
        x: sequence(seed, length, k),
        w: noise(seed, length).map((value) => Math.floor(((value + 1) / 2) * V)),
        f: sequence(seed, length, k).map((row) => [row, row]),
      };
      assert.equal(model.pack([good]).longest.T, length);
      const last = length - 1;
      const wrong: ReadonlyArray<readonly ["x" | "w" | "f", unknown, RegExp]> = [
        ["x", noise(seed, k + 1), /components, found/],
        ["x", 0.5, /expected/],
        ["x", good.x[last]!.with(-1, Number.NaN), /expected a number, found NaN/],
        ["w", V, /expected a symbol: an integer from 0 to/],
        ["w", -1, /expected a symbol/],
        ["w", 0.5, /expected a symbol/],
        ["w", good.x[last], /expected a number, found an array/],
        ["w", "a", /expected a number, found "a"/],
        ["f", good.x[last], /expected/],
      ];
      for (const [name, value, message] of wrong) {
        const bad = { ...good, [name]: (good[name] as ReadonlyArray<unknown>).with(-1, value) as Nested };
        assert.throws(() => model.pack([bad]), { name: "RnncError", message });
        assert.throws(() => model.pack([bad]), { message: new RegExp(`examples\\[0\\]\\.${name}\\[${last}\\]`) });
      }
    }),
    runs(8),
  );
});

test("a symbol is no number, a vector is no index, and the message says which it is", () => {
  for (const [value, kind] of [
    ["f[t] w[t]", /symbol\[4\]/],
    ["w[t] + 1", /A symbol is no number/],
    ["x[t] * w[t]", /A symbol is no number/],
    ["tanh(w[t])", /A symbol is no number/],
    ["E[x[t]]", /R\[2\]/],
    ["onehot(x[t])", /R\[2\]/],
  ] as const) {
    const [first] = refusal(source(value));
    assert.equal(first!.code, "RNN130", value);
    assert.match(first!.message, kind);
  }
});
