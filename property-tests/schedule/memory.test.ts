import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** What a measuring program prints, run alone so that only its own memory is measured. */
const measured = async (
  program: string,
  ...words: ReadonlyArray<string>
): Promise<Readonly<Record<string, number>>> => {
  const file = fileURLToPath(new URL(`../../bench/${program}`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", "--import", "tsx", file, ...words]);
  return JSON.parse(stdout);
};

const megabytes = 2 ** 20;

test("2,000 steps of training leave nothing on the heap", async () => {
  const { heapGrowth, outsideGrowth } = await measured("heap.ts", "500", "2000");
  assert.ok(heapGrowth! < megabytes, `${heapGrowth} bytes on the heap`);
  assert.ok(outsideGrowth! < megabytes, `${outsideGrowth} bytes in arrays`);
});

test("the gradient of a recurrence over 10,000 positions takes no more than 80 MB, data and results included", async () => {
  const { ofTheGradient } = await measured("peak-memory.ts");
  assert.ok(ofTheGradient! <= 80 * megabytes, `${ofTheGradient! / megabytes} MB`);
});
