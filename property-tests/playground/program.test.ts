import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { staticsIn, staticsText } from "../../playground/src/program.ts";
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
