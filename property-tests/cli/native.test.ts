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

test("where no compiler answers, native code is WebAssembly, which is said once, and what prints code prints C all the same", () => {
  const run = (...words: ReadonlyArray<string>) =>
    spawnSync(
      process.execPath,
      ["--import", "tsx", fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url)), ...words],
      {
        encoding: "utf8",
        env: { ...process.env, CC: "/no/such/compiler", NO_COLOR: "1" },
      },
    );
  const checked = run("gradcheck", example("hello"), "--target", "native");
  assert.equal(checked.status, 0, checked.stderr);
  assert.equal(
    checked.stderr.match(/so WebAssembly is taken: no C compiler answers \(I tried \/no\/such\/compiler\)/g)?.length,
    1,
  );
  const shown = run("show", example("hello"), "--view", "code", "--target", "native");
  assert.equal(shown.status, 0, shown.stderr);
  assert.match(shown.stdout, /void run0\(rn_f \*M/);
  assert.equal(shown.stderr, "");
});
