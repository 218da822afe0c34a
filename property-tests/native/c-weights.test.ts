import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { restoredParams, type Storage, storages } from "../../src/module/c/stored.ts";
import { once } from "../../src/once.ts";
import type { ModelInfo, Params } from "../../src/runtime/interface.ts";
import { loadRun } from "../../src/train/index.ts";
import { example, newFolder, rnnc, trained } from "../cli/run-rnnc.ts";
import { compiledProgram } from "../property/programs.ts";
import { lightly } from "./c-cases.ts";
import { ifNative } from "./here.ts";

const kinds = Object.keys(storages) as ReadonlyArray<Storage>;

test("a weight is kept within half of a 127th of the greatest in its row as int8, within a 2048th of it as f16, and 0 is 0", () => {
  const { model } = compiledProgram(
    "model M {\n  input x : R[5]\n  param W : R[3,5]\n  param v : R[3]\n  output y = W x + v\n}",
  );
  const numbers = (count: number) =>
    fc.array(
      fc.oneof(
        fc.constant(0),
        fc.integer({ min: -99999, max: 99999 }).map((x) => x / 128),
      ),
      {
        minLength: count,
        maxLength: count,
      },
    );
  fc.assert(
    fc.property(numbers(15), numbers(3), (w, v) => {
      const given = { W: Float64Array.from(w), v: Float64Array.from(v) };
      for (const [kind, share] of [
        ["int8", 0.5 / 127],
        ["f16", 1 / 2048],
      ] as const) {
        const found = restoredParams(model, given, kind);
        const rows = [...[0, 1, 2].map((row) => [w, found.W!, row * 5, 5] as const), [v, found.v!, 0, 3] as const];
        for (const [before, after, from, count] of rows) {
          const row = before.slice(from, from + count);
          const most = Math.max(...row.map(Math.abs));
          row.forEach((value, i) => {
            const error = Math.abs(after[from + i]! - value);
            assert.ok(error <= most * share * 1.0000001, `${kind}: ${value} of at most ${most}: ${after[from + i]}`);
            if (value === 0) assert.equal(after[from + i], 0);
          });
        }
      }
    }),
  );
});

const run = once(() =>
  trained(
    example("char-lm"),
    "--data",
    example("hello"),
    "--set",
    "n=6",
    "--set",
    "d=5",
    "--steps",
    "3",
    "--streams",
    "2",
    "--window",
    "20",
  ),
);

const weightsOfRun = async (): Promise<{ readonly model: ModelInfo; readonly params: Params }> => {
  const loaded = loadRun(await run());
  if (E.isLeft(loaded)) assert.fail(loaded.left);
  return { model: loaded.right.compiled.model, params: loaded.right.params };
};

test("a run as C has its weights, as eval measures them, in each storage", ifNative, async () => {
  const folder = newFolder();
  const { model, params } = await weightsOfRun();
  const compiler = "gcc";
  for (const kind of kinds) {
    const c = join(folder, `${kind}.c`);
    const made = await rnnc(
      "export",
      await run(),
      "--target",
      "c",
      "--weights",
      kind,
      "-o",
      c,
      "--exports",
      "step,start",
    );
    assert.equal(made.code, 0, made.err);
    const counts = model.params.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    const main = join(folder, `${kind}-main.c`);
    writeFileSync(
      main,
      `#include <stdio.h>
#include "${kind}.h"
static CharLM_params params;
int main(void) {
  const float *const all = (const float *)(const void *)&params;
  CharLM_weights(&params);
  for (size_t i = 0; i < ${counts}; i++) printf("%.9g\\n", (double)all[i]);
  return 0;
}
`,
    );
    const program = join(folder, kind);
    const flags = ["-std=c11", lightly, "-Wall", "-Wextra", "-Wpedantic", "-Werror"];
    const built = spawnSync(compiler, [...flags, "-o", program, main, c], { encoding: "utf8" });
    assert.equal(`${built.status} ${built.stderr}`, "0 ");
    const found = spawnSync(program, [], { encoding: "utf8" }).stdout.trim().split("\n").map(Number);
    const expected = model.params.flatMap(({ path }) => Array.from(restoredParams(model, params, kind)[path]!));
    assert.deepEqual(found.map(Math.fround), expected.map(Math.fround), kind);
  }
});

test("eval tells what keeping weights in fewer bits costs, and nothing else of a run is another", async () => {
  const told = async (...words: ReadonlyArray<string>) => {
    const { code, out, err } = await rnnc("eval", await run(), "--json", ...words);
    assert.equal(code, 0, err);
    return JSON.parse(out) as { readonly weights: string };
  };
  const [usual, plain, f16, int8] = [
    await told(),
    ...(await Promise.all(kinds.map((kind) => told("--weights", kind)))),
  ];
  assert.deepEqual(plain, usual);
  assert.match(f16!.weights, /as f16/);
  assert.match(int8!.weights, /as int8/);
  assert.notDeepEqual({ ...int8, weights: usual!.weights }, usual);
});

test("weights are kept in fewer bits in C alone, which knows no terms of data", async () => {
  const out = join(newFolder(), "run.js");
  const js = await rnnc("export", await run(), "-o", out, "--weights", "int8");
  assert.deepEqual([js.code, js.err.includes("--target c")], [2, true], js.err);
  const c = await rnnc("export", await run(), "--target", "c", "-o", `${out}.c`, "--exports", "predict");
  assert.deepEqual([c.code, c.err.includes("predict")], [2, true], c.err);
});
