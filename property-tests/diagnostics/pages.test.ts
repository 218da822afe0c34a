import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import { format } from "../../src/syntax/format.ts";
import { fixed } from "../../src/syntax/page.ts";
import { allPages, errorsPage, reported, saidOfFixed, saidOfWrong, shown } from "./all-pages.ts";
import { diagnosticsOf } from "./sources.ts";
import { variants } from "./variants.ts";

/** `UPDATE_GOLDEN=1` writes what the messages now are; the change is then reviewed as text. */
const update = process.env.UPDATE_GOLDEN === "1";

const isKept = (path: URL, text: string): void => {
  if (update) writeFileSync(path, text);
  assert.equal(text, readFileSync(path, "utf8"));
};

for (const page of allPages) {
  test(`the wrong program of ${page.code} is wrong so and in no other way; mended, nothing is said of it`, () => {
    assert.deepEqual(
      saidOfWrong(page).map(({ code, title }) => `${code}: ${title}`),
      [`${page.code}: ${page.title}`],
    );
    assert.deepEqual(saidOfFixed(page), []);
  });
}

test("the mended programs are formatted", () => {
  for (const page of allPages) {
    const result = format(fixed(page), page.code);
    assert.equal(result._tag === "Right" && result.right, fixed(page));
  }
});

test("codes are distinct, and every message of a variant bears its code", () => {
  const codes = allPages.map(({ code }) => code);
  assert.equal(new Set(codes).size, codes.length);
  for (const [code, sources] of Object.entries(variants)) {
    assert.ok(codes.includes(code), code);
    for (const source of sources)
      assert.ok(
        diagnosticsOf(source).some((said) => said.code === code),
        source,
      );
  }
});

const golden = new URL("golden/", import.meta.url);
if (update) mkdirSync(golden, { recursive: true });

for (const page of allPages) {
  test(`the wording of ${page.code} is the one that was reviewed`, () => {
    const cases = [
      { source: page.wrong, said: saidOfWrong(page) },
      ...(variants[page.code] ?? []).map((source) => ({ source, said: diagnosticsOf(source) })),
    ];
    const text = cases.map(({ source, said }) => `${shown(source)}\n${reported(source, said)}\n`);
    isKept(new URL(`${page.code}.txt`, golden), text.join(`\n${"=".repeat(80)}\n\n`));
  });
}

test("no golden file is left of a code that is gone", () => {
  assert.deepEqual(readdirSync(golden).sort(), allPages.map(({ code }) => `${code}.txt`).sort());
});

test("examples/ERRORS.md is what the pages give", () => {
  isKept(new URL("../../examples/ERRORS.md", import.meta.url), errorsPage());
});
