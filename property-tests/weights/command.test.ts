import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import type { Params } from "../../src/runtime/interface.ts";
import { loadRun, saveRun } from "../../src/train/run-folder.ts";
import { nothingWatched } from "../../src/train/watch.ts";
import { encodeSafetensors, tensorOf } from "../../src/weights/safetensors.ts";
import { filesIn, newFolder, rnnc } from "../cli/run-rnnc.ts";
import { sampleRun } from "../train/sample-run.ts";

const saved = (step: number): string => {
  const folder = newFolder();
  assert.ok(E.isRight(saveRun(folder, sampleRun(step))));
  return folder;
};

test("weights that are taken out of a run and put into another are the other's best, and nothing else changes but what was measured", async () => {
  const [from, to, file] = [saved(1), saved(2), join(newFolder(), "w.safetensors")];
  assert.equal((await rnnc("weights", "export", from, "-o", file)).code, 0);
  const { code, err } = await rnnc("weights", "import", to, "--from", file);
  assert.equal(code, 0, err);
  const before = sampleRun(2);
  const other = sampleRun(1).training;
  const put = (params: Params) => {
    const watch = { ...nothingWatched, plateaus: before.training.watch.plateaus };
    return E.right({ ...before, training: { ...before.training, params, watch } });
  };
  assert.deepEqual(loadRun(to), put(other.watch.best!.params));
  assert.equal(readdirSync(to).length, 3);
  const shown = await rnnc("weights", "show", to);
  assert.match(shown.out, /^name +shape +type +min +mean +max\nh\.W +\[4, 4\] +F32 +-0\.\d+ /);
  assert.equal((await rnnc("weights", "show", file)).out, shown.out);
  assert.equal((await rnnc("weights", "export", from, "--last", "-o", file)).code, 0);
  assert.equal((await rnnc("weights", "import", to, "--from", file)).code, 0);
  assert.deepEqual(loadRun(to), put(other.params));
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
