import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { isRight } from "fp-ts/lib/Either.js";
import { programOf } from "../../docs/tensorflow-js/page.ts";
import { pairs } from "../../docs/tensorflow-js/pairs.ts";
import { compared, comparisons, copied, missing, told, tolerance } from "../../docs/tensorflow-js/run.ts";
import { checkGradient } from "../../src/check/gradient.ts";
import { compile } from "../../src/compile.ts";
import { someOf } from "../often.ts";

const docs = new URL("../../docs/", import.meta.url);
const page = readFileSync(new URL("from-tensorflow-js.md", docs), "utf8");
const files = readdirSync(new URL("tensorflow-js/programs/", docs), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) =>
    `${parentPath}/${name}`.replaceAll("\\", "/").split("programs/")[1]!.replace(/^\//, ""),
  );

test("the page has every program, and every command, as they are run", () => {
  assert.ok(files.length > 20);
  for (const file of files) assert.ok(page.includes(programOf(file)), `${file} is another: npm run from-tensorflow-js`);
  for (const { title, text, commands } of pairs) {
    assert.ok(page.includes(`## ${title}\n\n${text}\n`), `${title} is another: npm run from-tensorflow-js`);
    for (const words of commands) assert.ok(page.includes(`npx rnnc ${words}\n`), words);
  }
});

test("every pair has a folder, and every folder is a pair's", () => {
  const folders = new Set(files.flatMap((file) => (file.includes("/") ? [file.split("/")[0]!] : [])));
  assert.deepEqual([...folders].sort(), pairs.map(({ folder }) => folder).sort());
});

for (const { folder } of pairs)
  test(`the model of ${folder} compiles, and its gradient is that of finite differences`, () => {
    const source = readFileSync(new URL(`tensorflow-js/programs/${folder}/model.rnn`, docs), "utf8");
    const compiled = compile(source, { precision: "f64", statics: { n: 3 } });
    assert.ok(isRight(compiled), JSON.stringify(compiled));
    const { model } = compiled.right;
    if (model.hasLoss) assert.ok(checkGradient(compiled.right, { seed: 1 }).passed);
    else assert.equal(folder, "stateful");
  });

test("numbers are told by lines of a name and numbers; what one side has not is infinitely far", () => {
  const output = "Hi, this is a banner\nloss 1 0.5\np 0.25\n\nnot 1 number\n";
  assert.deepEqual(told(output), { loss: [1, 0.5], p: [0.25] });
  const difference = (there: string, here: string): number => comparisons(told(there), told(here))[0]!.difference;
  assert.equal(difference("loss 1 0.5", "loss 1 0.75"), 0.25);
  assert.equal(difference("loss 200 1", "loss 100 1"), 0.5);
  for (const [there, here] of [
    ["loss 1", "loss 1 1"],
    ["loss 1", ""],
    ["", "loss 1"],
    ["loss 1 1", "loss 1"],
  ])
    assert.equal(difference(there!, here!), Number.POSITIVE_INFINITY);
});

const folder = missing === false ? copied() : "";
for (const pair of someOf(pairs))
  test(`TensorFlow.js and rnnc tell the same numbers: ${pair.folder}`, { skip: missing }, () => {
    for (const { name, difference } of compared(folder, pair))
      assert.ok(difference <= tolerance, `${name} differs by ${difference}`);
  });
