import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { unplanted } from "./derivative-faults.ts";
import { faults } from "./faults.ts";

test("there are sixty planted faults, each of its own", () => {
  assert.ok(faults.length >= 60, `${faults.length}`);
  assert.equal(new Set(faults.map(({ what }) => what)).size, faults.length);
});

test("there is a planted fault of every function's derivative", () => {
  assert.deepEqual(unplanted, []);
});

test("each fault can be planted: what it replaces stands once in its file", () => {
  const stale = faults.filter(({ file, find, replace }) => {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
    return text.split(find).length !== 2 || find === replace;
  });
  assert.deepEqual(
    stale.map(({ what, file, find }) => `${what}: ${file}: ${find}`),
    [],
  );
});
