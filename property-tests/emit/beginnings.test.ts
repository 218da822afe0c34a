import assert from "node:assert/strict";
import { test } from "node:test";
import { compiledProgram } from "../property/programs.ts";

/** Along words of sentences, whose lengths differ: what is drawn is 1. */
const ragged = `model Ragged {
  axis i in 1..I
  axis w in 1..W[i]
  input z[i] : R
  y[i,w] ~ bernoulli(sigmoid(20 + z[i]))
}`;

test("each sequence begins with as much as is given of it, also along an axis that stands over another", () => {
  const { generate } = compiledProgram(ragged);
  const inputs = [{ z: [0, 0, 0] }, { z: [0, 0] }];
  const prefix = [
    { y: [[0, 0], [0, 0], [0, 0]] }, // biome-ignore format: a table
    { y: [[0], [0]] },
  ];
  const { values } = generate({}, { length: 3, inputs, prefix });
  assert.deepEqual(values.y, [
    [[0, 0, 0], [0, 0, 0], [1, 1, 1]], // biome-ignore format: a table
    [[0, 0], [1, 1], [1, 1]], // biome-ignore format: a table
  ]);
  assert.throws(() => generate({}, { length: 3, inputs, prefix: [prefix[0]!, { y: [[0], [0, 0]] }] }), {
    message: "options.prefix[1]: axis w is to begin with as many steps everywhere, found 1 and 2",
  });
  assert.throws(
    () =>
      generate(
        {},
        {
          length: 1,
          inputs,
          prefix: [prefix[1]!, prefix[0]!].map(({ y }, b) => ({ y: b === 0 ? [[0], [0], [0]] : y.slice(0, 2) })),
        },
      ),
    {
      message: "options.prefix[1]: 2 steps are more than the length, 1",
    },
  );
});
