import assert from "node:assert/strict";
import { test } from "node:test";
import { lawsOf } from "../../src/property/index.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { often, someOf } from "../often.ts";

const runs = { numRuns: often(12) };

for (const name of someOf(exampleNames, 2)) {
  const model = compiledExample(name);
  for (const { name: law, check } of lawsOf(model)) test(`${name}: ${law}`, () => check(runs));
}

test("what streams is stepped and cut, and what does not is not", () => {
  const names = (file: string) => lawsOf(compiledExample(file)).map(({ name }) => name);
  assert.ok(names("elman.rnn").includes("chunks equal the whole"));
  assert.ok(!names("bidirectional.rnn").includes("stepping equals the whole"));
});
