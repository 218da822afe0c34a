import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { layers, layersDot } from "../../docs/layers.ts";
import { dotSvg } from "../../src/views/svg.ts";

const root = new URL("../../", import.meta.url);
const architecture = readFileSync(new URL("ARCHITECTURE.md", root), "utf8");
const contributing = readFileSync(new URL("CONTRIBUTING.md", root), "utf8");
const names = Object.keys(layers);
const rows = architecture
  .match(/(?<=\| --- \|\n)(\|.*\n)+/)![0]
  .trimEnd()
  .split("\n");

test("whatever stands in src and is code is a layer", () => {
  const entries = readdirSync(new URL("src/", root)).map((name) => name.replace(/\.ts$/, ""));
  assert.deepEqual(entries.filter((name) => name !== "std").sort(), [...names].sort());
});

test("the map has the layers in their order", () => {
  const mapped = rows.flatMap((row) => [...row.split(" | ")[0]!.matchAll(/`src\/(\w+)/g)].map(([, name]) => name!));
  assert.deepEqual(
    mapped.filter((name) => name !== "std"),
    names,
  );
});

test("whatever the map and the recipes link or name is there", () => {
  for (const row of rows)
    for (const [, path] of row.split(" | ")[0]!.matchAll(/`([^`]+)`/g))
      assert.ok(existsSync(new URL(path!, root)), path);
  const linked = [architecture, contributing].flatMap((text) => [
    ...text.matchAll(/\]\(([^)#]+)\)|`((?:src|property-tests)\/[\w./-]+)`/g),
  ]);
  for (const [, link, path] of linked) assert.ok(existsSync(new URL((link ?? path)!, root)), link ?? path);
});

test("the picture of the layers is that of their imports", async () => {
  const kept = readFileSync(new URL("docs/pictures/layers.svg", root), "utf8");
  assert.equal(await dotSvg(layersDot()), kept, "`npm run docs` makes it");
});
