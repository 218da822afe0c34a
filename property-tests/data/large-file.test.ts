import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

const isThorough = process.env.RNNC_THOROUGH !== undefined;

test("a file whose numbers do not fit into the heap is trained on, and predicted of", {
  skip: isThorough ? false : "writes 180 MB: `npm run test:thorough` does",
}, () => {
  const script = new URL("large-file.ts", import.meta.url).pathname;
  // Its 34 million numbers take 270 MB as they are.
  const heap = "--max-old-space-size=240";
  const told = execFileSync(process.execPath, [heap, "--import", "tsx", script, "180"], { encoding: "utf8" });
  assert.deepEqual(JSON.parse(told).codes, [0, 0]);
});
