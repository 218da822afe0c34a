import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { encodeRun } from "../../src/train/run.ts";
import { manifestName } from "../../src/train/run-files.ts";
import { loadRun, saveRun } from "../../src/train/run-folder.ts";
import { newFolder } from "../cli/run-rnnc.ts";
import { often } from "../often.ts";
import { damages, mustBeRefused } from "./damages.ts";
import { decodedRun } from "./files-of-run.ts";
import { sampleRun } from "./sample-run.ts";

test("a saved run is loaded as it was", () => {
  for (const precision of ["f32", "f64"] as const) {
    const folder = newFolder();
    assert.ok(E.isRight(saveRun(folder, sampleRun(3, precision))));
    assert.deepEqual(loadRun(folder), E.right(sampleRun(3, precision)));
  }
});

test("a run with any file damaged is refused by the name of the file", () => {
  fc.assert(fc.property(damages, mustBeRefused), { numRuns: often(2000) });
});

test("each bit of the manifest counts", () => {
  const files = encodeRun(sampleRun(1));
  const manifest = files.get(manifestName)!;
  for (let bit = 0; bit < 8 * manifest.length; bit++) {
    const changed = manifest.slice();
    changed[bit >> 3]! ^= 1 << (bit & 7);
    const read = decodedRun(new Map([...files, [manifestName, changed]]));
    assert.ok(E.isLeft(read) && read.left.file === manifestName, `bit ${bit}`);
  }
});

const saved = (): string => {
  const folder = newFolder();
  assert.ok(E.isRight(saveRun(folder, sampleRun(1))));
  return folder;
};

const inPlace: Readonly<Record<string, (path: string) => void>> = {
  "a folder": (path) => mkdirSync(path),
  "a pipe": (path) => assert.equal(spawnSync("/bin/sh", ["-c", 'mkfifo "$0"', path]).status, 0),
  "an endless device": (path) => symlinkSync("/dev/zero", path),
  "a link to nowhere": (path) => symlinkSync("nowhere", path),
};

for (const [what, put] of Object.entries(inPlace))
  test(`${what} in the place of a file of a run is refused by its name`, { skip: process.platform === "win32" }, () => {
    for (const name of readdirSync(saved())) {
      const folder = saved();
      rmSync(join(folder, name));
      put(join(folder, name));
      const run = loadRun(folder);
      assert.ok(E.isLeft(run));
      assert.ok(run.left.includes(join(folder, name)), run.left);
    }
  });

test("a run in the single file of an earlier version is told as such", () => {
  const folder = newFolder();
  writeFileSync(join(folder, "run.rnnc"), "RNNCRUN2");
  const run = loadRun(folder);
  assert.ok(E.isLeft(run));
  assert.match(run.left, /run\.rnnc: another version of rnnc saved it, in format 2 of runs/);
});

test("a save leaves what is not its own where it stands", () => {
  const folder = saved();
  for (const name of ["log.jsonl", "report.html", "notes-1.safetensors", "run.json.tmp", "x.12.tmp"])
    writeFileSync(join(folder, name), "mine");
  assert.ok(E.isRight(saveRun(folder, sampleRun(2))));
  // Three files of tensors and the manifest.
  assert.equal(readdirSync(folder).length, 4 + 5);
});
