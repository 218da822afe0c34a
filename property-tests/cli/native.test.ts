import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ifNative } from "../native/here.ts";
import { example, rnnc, trained } from "./run-rnnc.ts";

test("a gradient is checked, a model is trained and measured in native code", ifNative, async () => {
  const checked = await rnnc("gradcheck", example("hello"), "--precision", "f64", "--target", "native");
  assert.equal(checked.code, 0, checked.err);
  const words = ["--data", example("hello"), "--set", "n=4", "--set", "d=3", "--streams", "2", "--window", "20"];
  const run = await trained(example("char-lm"), ...words, "--steps", "3", "--target", "native");
  const { code, out, err } = await rnnc("eval", run, "--json");
  assert.equal(code, 0, err);
  assert.match(out, /"loss": ?\d/);
});

const runWith = (compiler: string, ...words: ReadonlyArray<string>) =>
  spawnSync(
    process.execPath,
    ["--import", "tsx", fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url)), ...words],
    { encoding: "utf8", env: { ...process.env, CC: compiler, NO_COLOR: "1" } },
  );

test(
  "where no compiler answers, or what answers is none, native code is WebAssembly, which is said once",
  ifNative,
  () => {
    for (const [compiler, why] of [
      ["/no/such/compiler", "no C compiler answers (I tried /no/such/compiler)"],
      ["true", "true does not compile a model's C"],
    ] as const) {
      const { status, stderr } = runWith(compiler, "gradcheck", example("hello"), "--target", "native");
      assert.equal(status, 0, stderr);
      assert.equal(stderr.split(`so WebAssembly is taken: ${why}`).length, 2, stderr);
    }
  },
);

test("what prints code prints C where no compiler is", () => {
  const { status, stdout, stderr } = runWith("/no", "show", example("hello"), "--view", "code", "--target", "native");
  assert.equal(`${status} ${stderr}`, "0 ");
  assert.match(stdout, /void run0\(rn_f \*M/);
});
