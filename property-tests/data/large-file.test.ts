import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

const isThorough = process.env.RNNC_THOROUGH !== undefined;

/** The largest that a training on a file of so many MB ever was, in MB. */
const peakOf = (megabytes: number): number => {
  const script = new URL("large-file.ts", import.meta.url).pathname;
  const told = JSON.parse(
    execFileSync(process.execPath, ["--import", "tsx", script, String(megabytes)], { encoding: "utf8" }),
  );
  assert.deepEqual(told.codes, [0, 0]);
  return told.peakMegabytes;
};

test("training on a file that is twice as large, and predicting of it, takes the same memory, to a third of what the file grew by", {
  skip: isThorough ? false : "writes 540 MB: `npm run test:thorough` does",
}, () => {
  const [smaller, larger] = [peakOf(180), peakOf(360)];
  // 225,000 records more; the rest is what the collector had not yet looked at.
  assert.ok(larger - smaller < 60, `${smaller} MB, then ${larger} MB`);
});
