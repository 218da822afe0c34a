import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import { type Dataset, openDataset } from "../../src/data/dataset.ts";
import type { DataPlan } from "../../src/data/plan.ts";

const rows = 60;
const file = join(mkdtempSync(join(tmpdir(), "rnnc-sides-")), "d.csv");
writeFileSync(file, ["x", ...Array.from({ length: rows }, (_, i) => i)].join("\n"));

const plan: DataPlan = { files: [file], kind: "examples", streams: 4, window: 1, holdOut: 5 };

const opened = (more: Partial<DataPlan>, seed = 1): Dataset => {
  const dataset = openDataset({ ...plan, ...more }, seed);
  if (E.isLeft(dataset)) assert.fail(JSON.stringify(dataset.left));
  return dataset.right;
};

/** The numbers of the rows that each sample of a side holds. */
const rowsOf = ({ count, at }: Dataset["training"]): ReadonlyArray<ReadonlyArray<number>> =>
  Array.from({ length: count }, (_, i) => {
    const sample = at(i);
    if (E.isLeft(sample)) assert.fail(JSON.stringify(sample.left));
    // The header is the first line.
    return sample.right.rows.map(({ line }) => line - 2);
  });

test("no row of a window that is held out stands in one that is trained on", () => {
  for (const gathering of [{ window: 3 }, { window: 4, ahead: 2 }, { window: 2, stride: 3 }]) {
    const { training, heldOut } = opened({ gathering });
    const [trained, held] = [rowsOf(training), rowsOf(heldOut)].map((side) => new Set(side.flat()));
    assert.ok(held!.size > 0 && trained!.size > 0);
    for (const row of held!) assert.ok(!trained!.has(row), `${row}`);
  }
});

test("what is held out at random is another part by another seed, the same by the same, and with what is trained on all", () => {
  const sides = (seed: number) => {
    const { training, heldOut } = opened({ split: "random" }, seed);
    return [rowsOf(training).flat(), rowsOf(heldOut).flat()] as const;
  };
  const parts = [1, 2, 3].map(sides);
  for (const [trained, held] of parts) {
    assert.equal(held.length, rows / 5);
    assert.deepEqual(
      [...trained, ...held].sort((a, b) => a - b),
      Array.from({ length: rows }, (_, i) => i),
    );
  }
  assert.equal(new Set(parts.map(([, held]) => held.join())).size, 3);
  assert.deepEqual(sides(2), parts[1]);
});
