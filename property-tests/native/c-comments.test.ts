import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { commentText } from "../../src/emit/c/comment.ts";
import { newFolder } from "../cli/run-rnnc.ts";
import { often } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";
import { isHere } from "./c-cases.ts";
import { ifNative } from "./here.ts";

const strictly = [
  "-std=c11",
  "-Wall",
  "-Wextra",
  "-Wpedantic",
  "-Wtrigraphs",
  "-Wbidi-chars=any",
  "-Werror",
  "-fsyntax-only",
];
const compiler = "gcc";

/** What ends comments, lines and files, begins trigraphs, and turns the direction of writing. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "*/",
        "/*",
        "*",
        "/",
        "??/",
        "?",
        "\\",
        "\n",
        "\r",
        "\u2028",
        "\0",
        "\u202e",
        "\u2067",
        "\ufeff",
        "\ud800",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
      fc.constantFrom("α", "π̂", "日本", "é", "∂", "𝛼"),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

test("any text stands in a comment of C, of which compilers have nothing to say", ifNative, () => {
  const texts = fc.sample(hostile, { numRuns: often(400), seed: Number(process.env.FC_SEED ?? 1) });
  const file = join(newFolder(), "comments.c");
  writeFileSync(
    file,
    texts.map((text, i) => `/* ${commentText(text)} */ int v${i}; /* ${commentText(text)}*/\n`).join(""),
  );
  for (const command of [compiler, "clang"])
    if (isHere(command)) {
      const flags = command === compiler ? strictly : strictly.filter((flag) => !flag.includes("bidi"));
      const { stderr, status } = spawnSync(command, [...flags, file], { encoding: "utf8" });
      assert.equal(`${status} ${stderr.slice(0, 2000)}`, "0 ", command);
    }
});

test("names stand in comments of C as they are written, and what cannot be seen by its code point", () => {
  const { source, header } = compiledProgram(`model Größe {
  axis t in 1..T
  input größe[t] : R[2]
  param Wα' : R[3,2]
  output ŷ[t] = Wα' größe[t]
}`).c;
  for (const name of ["größe", "Wα'", "ŷ"]) {
    assert.ok(header.includes(` ${name}`), name);
    assert.ok(source.includes(` ${name}`), name);
  }
  assert.match(source, /^\/\* Größe, compiled by rnnc\. \*\/$/m);
  assert.equal(commentText("a\u202eb\n"), "aU+202EbU+000A");
});
