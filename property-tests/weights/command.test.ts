import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import { loadRun, saveRun } from "../../src/train/run-folder.ts";
import { encodeSafetensors, tensorOf } from "../../src/weights/safetensors.ts";
import { filesIn, newFolder, rnnc } from "../cli/run-rnnc.ts";
import { sampleRun } from "../train/sample-run.ts";

const saved = (step: number): string => {
  const folder = newFolder();
  assert.ok(E.isRight(saveRun(folder, sampleRun(step))));
  return folder;
};

test("weights that are taken out of a run and put into another are the other's, and nothing else changes", async () => {
  const [from, to, file] = [saved(1), saved(2), join(newFolder(), "w.safetensors")];
  assert.equal((await rnnc("weights", "export", from, "-o", file)).code, 0);
  const { code, err } = await rnnc("weights", "import", to, "--from", file);
  assert.equal(code, 0, err);
  const before = sampleRun(2);
  const expected = { ...before, training: { ...before.training, params: sampleRun(1).training.params } };
  assert.deepEqual(loadRun(to), E.right(expected));
  assert.equal(readdirSync(to).length, 3);
  const shown = await rnnc("weights", "show", to);
  assert.match(shown.out, /^name +shape +type +min +mean +max\nh\.W +\[4, 4\] +F32 +-0\.\d+ /);
  assert.equal((await rnnc("weights", "show", file)).out, shown.out);
});

test("weights that do not fit are refused, all at once, and the run stays; other names are mapped", async () => {
  const folder = saved(1);
  const before = filesIn(folder);
  const file = join(newFolder(), "w.safetensors");
  const tensor = (...shape: ReadonlyArray<number>) =>
    tensorOf({ shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)) });
  const tensors = { "h.W": tensor(4, 4), bias: tensor(4), s: tensor(1) };
  writeFileSync(file, encodeSafetensors({ metadata: {}, tensors }));
  const { code, err } = await rnnc("weights", "import", folder, "--from", file);
  assert.equal(code, 2);
  for (const told of [/bias is no weight of the model/, /s has the shape \[1\], s is \[\]/, /h\.b is missing/])
    assert.match(err, told);
  assert.deepEqual(filesIn(folder), before);
  writeFileSync(file, encodeSafetensors({ metadata: {}, tensors: { ...tensors, s: tensor() } }));
  const mapped = await rnnc("weights", "import", folder, "--from", file, "--map", "bias=h.b");
  assert.equal(mapped.code, 0, mapped.err);
});
