import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { staticsIn, staticsText, strayIn } from "../../playground/src/program.ts";
import { dividedData } from "../../playground/src/worker/divided.ts";

const name = fc.stringMatching(/^[a-zA-Z_][a-z0-9_']{0,5}$/);
const value = fc.oneof(fc.integer(), fc.constantFrom("LSTM", "tanh"));

test("values of static parameters are read as they are written", () => {
  fc.assert(
    fc.property(fc.dictionary(name, value), (statics) => {
      assert.deepEqual({ ...staticsIn(staticsText(statics)) }, { ...statics });
    }),
  );
  assert.deepEqual(staticsIn(" n = 64, C=GRU , what"), { n: 64, C: "GRU" });
});

test("what is no pair is told, and pairs are not: all that is written is one or the other", () => {
  const word = fc.stringMatching(/^[a-z0-9=+()-]{1,6}$/);
  fc.assert(
    fc.property(fc.array(word, { maxLength: 4 }), fc.dictionary(name, value), (words, statics) => {
      assert.deepEqual(strayIn(staticsText(statics)), []);
      const text = words.join(" , ");
      const pairs = Object.keys(staticsIn(text)).length;
      assert.equal(text.trim() === "", pairs === 0 && strayIn(text).length === 0, text);
    }),
  );
  assert.deepEqual(strayIn("n = 64, 32 C=GRU m: 5"), ["32", "m:", "5"]);
  assert.deepEqual(strayIn("n=64 n=32"), ["n twice"]);
  assert.deepEqual({ ...staticsIn("2n=64 n==3") }, {});
  assert.deepEqual(strayIn("2n=64 n=="), ["2n=64", "n=="]);
});

test("no example is both learned from and held out, and none is lost", () => {
  fc.assert(
    fc.property(fc.nat(100), (count) => {
      const examples = Array.from({ length: count }, (_, x) => ({ x }));
      const { learned, heldOut } = dividedData(examples);
      assert.deepEqual(
        [...learned, ...heldOut].map(({ x }) => x as number).sort((a, b) => a - b),
        examples.map(({ x }) => x),
      );
    }),
  );
});
