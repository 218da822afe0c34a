import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import type { Diagnostic } from "../../src/syntax/diagnostic.ts";
import { editDistance, nearest } from "../../src/syntax/nearest.ts";
import { lineColumn } from "../../src/syntax/position.ts";
import { report } from "../../src/syntax/report.ts";

const diagnostic = (...spans: ReadonlyArray<readonly [number, number, string]>): Diagnostic => {
  const labels = spans.map(([start, end, text]) => ({ span: { file: "m.rnn", start, end }, text }));
  return {
    code: "RNN999",
    severity: "error",
    title: "Title",
    message: "Message.",
    labels: [labels[0]!, ...labels.slice(1)],
  };
};

const excerpt = (source: string, ...spans: ReadonlyArray<readonly [number, number, string]>): string =>
  report(source, false)(diagnostic(...spans)).split("\n\n")[2]!;

test("a report has a title, a place, a sentence, the line underlined, and a hint", () => {
  assert.equal(
    report("a = b\nc = d e\n", false)({ ...diagnostic([10, 13, "here"], [0, 1, "there"]), hint: "Do." }),
    [
      "error[RNN999]: Title",
      "  --> m.rnn:2:5",
      "",
      "Message.",
      "",
      "1 | a = b",
      "  | - there",
      "2 | c = d e",
      "  |     ^^^ here",
      "",
      "hint: Do.",
    ].join("\n"),
  );
});

const underlined: ReadonlyArray<readonly [law: string, source: string, start: number, end: number, drawn: string]> = [
  ["a tab", "\ta = b", 5, 6, "1 |     a = b\n  |         ^"],
  ["CR LF", "a\r\nb = c", 7, 8, "2 | b = c\n  |     ^"],
  ["wide characters", "漢字 = b", 5, 6, "1 | 漢字 = b\n  |        ^"],
  ["surrogate pairs", "𝐱 = b", 5, 6, "1 | 𝐱 = b\n  |     ^"],
  ["combining marks", "y\u0302 = b", 5, 6, "1 | y\u0302 = b\n  |     ^"],
  ["an empty span at the end", "a =", 3, 3, "1 | a =\n  |    ^"],
];

for (const [law, source, start, end, drawn] of underlined) {
  test(`the underline stays in its place after ${law}`, () => assert.equal(excerpt(source, [start, end, ""]), drawn));
}

test("a span of several lines is underlined on its first lines and its last", () => {
  assert.equal(
    excerpt("a(\nb\n  c\nd\ne)", [1, 14, "all"]),
    "1 | a(\n  |  ^\n2 | b\n  | ^\n3 |   c\n  |   ^\n  ⋮\n5 | e)\n  | ^^ all",
  );
});

test("no text makes the report throw, and none reaches the terminal as a control", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 80 }), fc.nat(90), fc.nat(90), (source, a, b) => {
      const shown = report(source, false)(diagnostic([Math.min(a, b), Math.max(a, b), source]));
      assert.doesNotMatch(shown, /[^\P{Cc}\n]/u);
    }),
  );
});

test("colours add nothing but escapes", () => {
  const told = diagnostic([0, 1, "x"], [2, 3, "y"]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes of colours begin with one.
  assert.equal(report("a b", true)(told).replaceAll(/\u001B\[\d+m/g, ""), report("a b", false)(told));
});

test("line and column count lines as editors do and columns in characters", () => {
  const source = "ab\r\n𝐱y\rz\n";
  const places = [0, 2, 3, 4, 6, 7, 8, 10].map((offset) => Object.values(lineColumn(source, offset)).join(":"));
  assert.deepEqual(places, ["1:1", "1:3", "1:4", "2:1", "2:2", "2:3", "3:1", "4:1"]);
});

test("the nearest name is found through one slip, and nothing through many", () => {
  assert.equal(nearest("sotfmax", ["softmax", "softplus", "max"]), "softmax");
  assert.equal(nearest("TANH", ["tan", "tanh"]), "tanh");
  assert.equal(nearest("w", ["x", "W"]), "W");
  assert.equal(nearest("x", ["y", "z"]), undefined);
  assert.equal(nearest("hidden", ["gate", "cell"]), undefined);
});

test("the edit distance is symmetric, zero for equal texts alone, and at most the longer length", () => {
  const texts = fc.stringMatching(/^[abc]{0,6}$/);
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      const distance = editDistance(a, b);
      assert.equal(distance, editDistance(b, a));
      assert.equal(distance === 0, a === b);
      assert.ok(distance <= Math.max(a.length, b.length));
    }),
  );
});
