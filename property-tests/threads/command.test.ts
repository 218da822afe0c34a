import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { CompiledModel } from "../../src/runtime/interface.ts";
import { example, filesIn, fileWith, rnnc, trained } from "../cli/run-rnnc.ts";

const data = fileWith(
  "rows.jsonl",
  Array.from({ length: 24 }, (_, i) =>
    JSON.stringify({
      x: Array.from({ length: 3 + (i % 3) }, (_, t) => [i / 24, t / 4, 1, -1]),
      y: Array(3 + (i % 3)).fill(i % 3),
    }),
  ).join("\n"),
);

const words = ["--data", data, "--streams", "6", "--steps", "6", "--evaluate-every", "3"];

test("a training on two threads has the same bits again, and its run remembers on how many it was trained", async () => {
  const [one, again] = [
    await trained(example("elman"), ...words, "--threads", "2"),
    await trained(example("elman"), ...words, "--threads", "2"),
  ];
  assert.deepEqual(filesIn(one), filesIn(again));
  const recipe = JSON.parse(readFileSync(join(one, "run.json"), "utf8"));
  assert.match(JSON.stringify(recipe), /"threads":2/);
});

test("a module with threads on disk, minified, gives by its workers what it gives without", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rnnc-"));
  for (const target of ["js", "wasm"]) {
    const file = join(folder, `${target}.mjs`);
    const { code, err } = await rnnc("compile", example("elman"), "--target", target, "--threads", "2", "-o", file);
    assert.equal(code, 0, err);
    const model: CompiledModel = await import(pathToFileURL(file).href);
    const params = model.init(1);
    const batch = model.pack(
      [1, 2, 3].map((i) => ({
        x: [
          [i, 0, 1, 0],
          [0, i, 0, 1],
        ],
        y: [0, 1],
      })),
    );
    const first = model.gradient(params, batch);
    for (let i = 0; i < 4; i += 1) {
      await setTimeout(60);
      assert.deepEqual(model.gradient(params, batch), first);
    }
  }
});

test("threads are counted from 1, and C has none", async () => {
  for (const count of ["0", "-1", "1.5", "300", "two"]) {
    const { code, err } = await rnnc("train", example("elman"), ...words, "--threads", count);
    assert.deepEqual([code, /whole number from 1 to 256/.test(err)], [2, true], err);
  }
  const output = join(mkdtempSync(join(tmpdir(), "rnnc-")), "elman.c");
  writeFileSync(output, "");
  const { code, err } = await rnnc("compile", example("elman"), "--target", "c", "--threads", "2", "-o", output);
  assert.equal(code, 2);
  assert.match(err, /threads of their own/);
});

test("the workers of models that nothing reaches any more end, and no process waits for workers", {
  skip: existsSync("/proc/self/task") ? false : "threads of a process are counted on Linux",
}, () => {
  const script = fileURLToPath(new URL("dropped-models.ts", import.meta.url));
  const loaded = ["--import", "./property-tests/sources.js", "--import", "./property-tests/seed.ts"];
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", ...loaded, script], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    encoding: "utf8",
    timeout: 60_000,
  });
  assert.equal(status, 0, stderr);
  const [one, six] = JSON.parse(stdout);
  assert.ok(six <= one, `${one} threads after one model, ${six} after six`);
});
