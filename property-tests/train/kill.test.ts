import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import * as E from "fp-ts/lib/Either.js";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { encodeRun } from "../../src/train/run.ts";
import { loadRun, saveRun } from "../../src/train/run-folder.ts";
import { newFolder } from "../cli/run-rnnc.ts";
import { often } from "../often.ts";
import { sampleRun } from "./sample-run.ts";

/** One file, which begins much sooner than sources do. */
const saver = join(newFolder(), "saver.mjs");
buildSync({
  entryPoints: [fileURLToPath(new URL("saver.ts", import.meta.url))],
  outfile: saver,
  bundle: true,
  platform: "node",
  format: "esm",
  mainFields: ["module", "main"],
});

/** The run that a folder holds is one of those that were saved, whole; after the next save nothing else stands there. */
const mustHold = (folder: string, isSaved: (step: number) => boolean): number => {
  const run = loadRun(folder);
  assert.ok(E.isRight(run), JSON.stringify(run));
  const { step } = run.right.training;
  assert.ok(isSaved(step), `${step}`);
  assert.deepEqual(run.right, sampleRun(step));
  assert.ok(E.isRight(saveRun(folder, sampleRun(step + 1))));
  assert.deepEqual(readdirSync(folder).toSorted(), [...encodeRun(sampleRun(step + 1)).keys()].toSorted());
  return step + 1;
};

test("killed before any one of its operations on files, a save leaves the old run or the new one", () => {
  const folder = newFolder();
  assert.ok(E.isRight(saveRun(folder, sampleRun(0))));
  let step = 0;
  for (let operation = 1; ; operation++) {
    const { signal, stderr } = spawnSync(process.execPath, [saver, folder, `${step + 1}`, `${operation}`]);
    if (signal === null) {
      assert.equal(stderr.toString(), "");
      assert.ok(operation > 20, `${operation}`);
      break;
    }
    step = mustHold(folder, (found) => found === step || found === step + 1);
  }
});

test("killed at random times, a saving training leaves a run that it saved", async () => {
  const folder = newFolder();
  const generator = xoroshiro128plus(7);
  let step = 0;
  assert.ok(E.isRight(saveRun(folder, sampleRun(step))));
  for (let turn = 0; turn < often(200, 10); turn++) {
    const process_ = spawn(process.execPath, [saver, folder, `${step + 1}`], { stdio: ["ignore", "pipe", "inherit"] });
    await once(process_.stdout, "data");
    await setTimeout(uniformInt(generator, 0, 60));
    process_.kill("SIGKILL");
    await once(process_, "exit");
    const least = step;
    step = mustHold(folder, (found) => found >= least);
  }
});
