import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import type { Params } from "../../src/runtime/interface.ts";
import { loadRun, saveRun } from "../../src/train/run-folder.ts";
import { nothingWatched } from "../../src/train/watch.ts";
import { encodeSafetensors, tensorOf } from "../../src/weights/safetensors.ts";
import { unusable } from "../../src/weights/unusable.ts";
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

test("weights that are no finite numbers are refused by parameter and place, and the run stays", async () => {
  const folder = saved(1);
  const before = filesIn(folder);
  const file = join(newFolder(), "w.safetensors");
  const tensor = (...values: ReadonlyArray<number>) => Float64Array.from({ length: 16 }, (_, i) => values[i] ?? 0);
  const tensors = {
    "h.W": tensorOf({ shape: [4, 4], values: tensor(0, 1, 2, 3, 4, 5, Number.NaN, 0, -Infinity) }),
    "h.b": tensorOf({ shape: [4], values: tensor(1e39).subarray(0, 4) }),
    s: tensorOf({ shape: [], values: Float64Array.of(Infinity) }),
  };
  writeFileSync(file, encodeSafetensors({ metadata: {}, tensors }));
  const { code, err } = await rnnc("weights", "import", folder, "--from", file);
  assert.equal(code, 2);
  for (const told of [
    /h\.W has NaN at \[2, 3\], and 1 more such\n/,
    /h\.b has 1e\+39, which single precision does not reach, at \[1\]\n/,
    /s has infinity\.\n/,
  ])
    assert.match(err, told);
  assert.deepEqual(filesIn(folder), before);
});

test("numbers become parameters if, and only if, each is finite in their precision, or stands there already", () => {
  const numbers = fc.array(fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, 3e38, 4e38, 1)), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(numbers, fc.boolean(), fc.nat(), (all, isSingle, place) => {
      const values = Float64Array.from(all);
      const before = isSingle ? new Float32Array(all.length) : new Float64Array(all.length);
      const shape = [all.length];
      const fitted = all.map((value) => (isSingle ? Math.fround(value) : value));
      const odd = fitted.findIndex((value) => !Number.isFinite(value));
      const told = unusable({ shape, values }, before);
      if (odd < 0) assert.equal(told, undefined);
      else assert.ok(told!.includes(`at [${odd + 1}]`), told);
      // What stands there already changes nothing.
      before.set(fitted);
      assert.equal(unusable({ shape, values }, before), undefined);
      const at = place % all.length;
      before[at] = 7;
      assert.equal(unusable({ shape, values }, before) === undefined, Number.isFinite(fitted[at]));
    }),
  );
});
