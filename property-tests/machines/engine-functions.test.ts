import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { minified } from "../../src/cli/minified.ts";
import { targetNames } from "../../src/emit/targets.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { someOf } from "../often.ts";
import { compiledEverything } from "./digests.ts";

/** What engines give the same bits for: IEEE 754, the language or whole numbers say each of them. */
const alike = new Set(
  "abs ceil clz32 floor fround imul max min round sign sqrt trunc PI E LN2 LN10 LOG2E LOG10E SQRT2 SQRT1_2".split(" "),
);

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g, "");

/** What of a text engines may differ in. */
const doubtful = (text: string): ReadonlyArray<string> => {
  const code = withoutComments(text);
  const functions = [...code.matchAll(/\bMath\b(?:\.(\w+))?/g)].map(([, name]) => name ?? "itself");
  return [...functions.filter((name) => !alike.has(name)), ...(code.includes("**") ? ["**"] : [])];
};

test("functions that engines round differently are found", () => {
  assert.deepEqual(doubtful("Math.pow(a, b) + Math.sqrt(c) // Math.sin"), ["pow"]);
  assert.deepEqual(doubtful("/** Math.sin */ x ** 2; const { sin } = Math"), ["itself", "**"]);
});

targetNames.forEach((target, turn) => {
  test(`nothing that engines round differently stands in a compiled module (${target})`, () => {
    for (const precision of ["f32", "f64"] as const) {
      const texts = [
        compiledEverything({ target, precision }).moduleText,
        ...(precision === "f32"
          ? someOf(exampleNames, turn).map((name) => compiledExample(name, { target, precision }).moduleText)
          : []),
      ];
      for (const text of texts) assert.deepEqual(doubtful(text), []);
      assert.deepEqual(doubtful(minified(texts[0]!)), []);
    }
  });
});

const source = fileURLToPath(new URL("../../src/", import.meta.url));
const filesIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(source + folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(ts|js)$/.test(path))
    .map((path) => folder + path);
const textOf = (path: string): string => readFileSync(source + path, "utf8");

test("nothing that engines round differently stands in what runs or trains a model", () => {
  const folders = ["runtime/", "emit/kernels/", "train/"];
  const found = folders.flatMap(filesIn).filter((path) => doubtful(textOf(path)).length > 0);
  assert.deepEqual(found, []);
});

test("nothing that engines round differently decides what is compiled", () => {
  // Powers of two are exact, and `"**"` is no operator.
  const harmless = /\b2 \*\* (?:-?\w+|\(-?\w+\))|"\*\*"/g;
  // What is printed as PyTorch, or run beside it, is Python, in which other engines round.
  const python = /^export\/(pytorch\/|generated\/verify-driver)/;
  const compiling = filesIn("").filter((path) => !python.test(path));
  const found = compiling.filter((path) => doubtful(textOf(path).replaceAll(harmless, "")).length > 0);
  assert.deepEqual(found.toSorted(), measuring.toSorted());
});

/** The meaning that tests and gradients are measured by, what a training is compared with, and sizes of random data. */
const measuring = [
  "circuit/error-function.ts",
  "circuit/pointwise.ts",
  "circuit/unfold-gradient.ts",
  "property/arbitrary.ts",
];
