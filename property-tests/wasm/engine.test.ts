import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const child = fileURLToPath(new URL("./engine-child.ts", import.meta.url));

test("where WebAssembly is missing or takes no vectors, JavaScript is chosen, and WebAssembly asked for says what is missing", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", child]);
  const { whole, withoutVectors, without } = JSON.parse(stdout);
  assert.equal(typeof whole.chosen, "number");
  assert.equal(whole.asked, whole.chosen);
  for (const { chosen } of [withoutVectors, without]) assert.ok(Math.abs(chosen - whole.chosen) < 1e-5, chosen);
  assert.match(String(withoutVectors.asked), /does not take \(Invalid opcode 0xfd\): compile it with target js/);
  assert.match(String(without.asked), /there is no WebAssembly here: compile it with target js/);
});
