import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { isRight } from "fp-ts/lib/Either.js";
import { checkGradient } from "../../src/check/gradient.ts";
import { type Compiled, compile } from "../../src/compile.ts";

const folder = new URL("../../examples/", import.meta.url);
const statics: Readonly<Record<string, Readonly<Record<string, number>>>> = { "char-lm.rnn": { V: 5, n: 4, d: 3 } };

const compiled = (name: string): Compiled => {
  const source = readFileSync(new URL(name, folder), "utf8");
  const result = compile(source, { file: name, precision: "f64", statics: statics[name] ?? {} });
  assert.ok(isRight(result), JSON.stringify(result));
  return result.right;
};

const names = readdirSync(folder).filter((name) => name.endsWith(".rnn"));
test("there are examples", () => {
  assert.ok(names.length > 0);
});

for (const name of names)
  test(`the gradient of ${name} agrees with central differences`, () => {
    const model = compiled(name);
    if (!model.model.hasLoss) return;
    for (const seed of [1, 2]) {
      const { passed, worst } = checkGradient(model, { seed, elements: 6 });
      assert.ok(passed, JSON.stringify(worst));
    }
  });
