import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

const home = new URL("../../examples/CATALOGUE.md", import.meta.url);
const catalogue = readFileSync(home, "utf8");

/** A row's number, what it is about, and what carries it. */
const rows = [...catalogue.matchAll(/^\| (E?\d+[ab]?) \| ([^|]+) \| ([^|]*) \|$/gm)].map(([, row, what, where]) => ({
  row: row!,
  what: what!,
  where: where!,
}));
const links = rows.flatMap(({ row, where }) =>
  [...where.matchAll(/\[([^\]]+)\]\(([^\s)]+)\)/g)].map(([, text, path]) => ({ row, text: text!, path: path! })),
);

/** The first argument of every call, and every `name` and `claim`: strings, and templates as patterns. */
const namesIn = (source: string): ReadonlyArray<RegExp> =>
  [...source.matchAll(/(?:\btest\(\s*|\b(?:name|claim|law):\s*)(?:"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g)].map(
    ([, plain, template]) =>
      plain !== undefined
        ? new RegExp(`^${escaped(JSON.parse(`"${plain}"`))}$`)
        : new RegExp(
            `^${template!
              .split(/\$\{[^}]*\}/)
              .map(escaped)
              .join(".+")}$`,
          ),
  );
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

test("every row of the catalogue is there once, and is carried by something or says why not", () => {
  const numbered = (count: number, prefix = ""): ReadonlyArray<string> =>
    Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`);
  const expected = [...numbered(134), "107a", "107b", ...numbered(14, "E")];
  assert.deepEqual(rows.map(({ row }) => row).sort(), [...expected].sort());
  for (const { row, where } of rows) assert.ok(where.trim().length > 5, `row ${row} is empty`);
});

test("no link of the catalogue is dead", () => {
  assert.ok(links.length > rows.length);
  for (const { row, path } of links) assert.ok(existsSync(new URL(path, home)), `row ${row}: ${path}`);
  for (const { row, where } of rows)
    assert.equal(links.filter((link) => link.row === row).length, where.split("](").length - 1, `row ${row}: no link`);
});

test("every test, task and claim that the catalogue names is there", () => {
  for (const { row, text, path } of links) {
    if (!path.endsWith(".ts")) continue;
    const source = readFileSync(new URL(path, home), "utf8");
    assert.ok(
      namesIn(source).some((name) => name.test(text)),
      `row ${row}: ${path} has no ${text}`,
    );
  }
});

test("every reading that the slides name is in the row of readings, with what is taken from it", () => {
  const readings = rows.find(({ row }) => row === "134")!.where.split(" · ");
  for (const author of [
    ...["Britz", "Karpathy", "Olah", "Werbos", "Boden", "Hochreiter", "Gers", "Cho", "Jozefowicz"],
    ...["Mikolov", "Pascanu", "Nielsen", "Goodfellow"],
  ])
    assert.ok(
      readings.some((reading) => reading.includes(author) && /\]\([^)]+\)/.test(reading)),
      author,
    );
});
