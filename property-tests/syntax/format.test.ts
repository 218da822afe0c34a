import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { format } from "../../src/syntax/format.ts";
import { parse } from "../../src/syntax/parse.ts";
import { print } from "../../src/syntax/print.ts";
import { scan } from "../../src/syntax/scan.ts";
import type { Program } from "../../src/syntax/tree.ts";
import { often } from "../often.ts";
import { programs, withoutSpans } from "./arbitrary.ts";

const formatted = (source: string): string => {
  const result = format(source, "");
  return result._tag === "Right" ? result.right : assert.fail(`${source}\n${JSON.stringify(result.left)}`);
};

const parsed = (source: string): Program => {
  const result = parse(source, "");
  return result._tag === "Right" ? result.right : assert.fail(`${source}\n${JSON.stringify(result.left)}`);
};

const commentsOf = (source: string): ReadonlyArray<string> =>
  [...source.matchAll(/"[^"\n\r]*"|(\/\/[^\n\r]*)/g)].flatMap(([, comment]) => comment?.trimEnd() ?? []);

/** How a writer may fill a gap between two tokens. */
const fillings = {
  blanks: fc.constantFrom(" ", "  ", "\t", " \u00A0 "),
  lines: fc.constantFrom("\n", "\n\n\n", " // c\n", "\r\n\t// a = (b \r", "\n// //\n\n  //d  \n", "\n\n// é\n \n"),
} as const;

/** A line may end behind these wherever they stand. */
const freely = new Set(["=", ",", ";", "~", ":", "+", "*", "/", "<", "<=", "==", "!=", "{", "->"]);

/**
 * Programs as people write them: blanks in many ways, lines broken behind operators and commas, comments wherever a
 * line may end.
 */
const sources: fc.Arbitrary<string> = fc
  .tuple(programs, fc.infiniteStream(fillings.lines), fc.infiniteStream(fillings.blanks), fc.infiniteStream(fc.nat(9)))
  .map(([program, lines, blanks, dice]) => {
    const canonical = print(program);
    const tokens = scan(canonical);
    const gaps = tokens.map((token, i) => canonical.slice(token.end, tokens[i + 1]?.start ?? canonical.length));
    return tokens
      .map(({ text }, i) => {
        const gap = gaps[i]!;
        const roll = dice.next().value;
        if (gap.includes("\n")) return text + (roll < 6 ? lines.next().value.replace(/^(?![\s/])/, " ") : gap);
        if (freely.has(text)) return text + (roll < 2 ? lines.next().value : roll < 5 ? blanks.next().value : gap);
        return text + (gap !== "" && roll < 3 ? blanks.next().value : gap);
      })
      .join("");
  });

test("formatting changes no tree", () => {
  fc.assert(
    fc.property(sources, (source) => {
      assert.deepEqual(withoutSpans(parsed(formatted(source))), withoutSpans(parsed(source)));
    }),
    { numRuns: often(60) },
  );
});

test("formatting again changes nothing", () => {
  fc.assert(
    fc.property(sources, (source) => {
      const once = formatted(source);
      assert.equal(formatted(once), once);
    }),
    { numRuns: often(60) },
  );
});

test("every comment stays, and in its order", () => {
  fc.assert(
    fc.property(sources, (source) => assert.deepEqual(commentsOf(formatted(source)), commentsOf(source))),
    { numRuns: often(40) },
  );
});

test("no formatted line ends in blanks, no two lines together are empty, and the last line is ended", () => {
  fc.assert(
    fc.property(sources, (source) => assert.doesNotMatch(formatted(source), /[ \t\r]\n|\n\n\n|^\n|\n\n$|[^\n]$/)),
    { numRuns: often(40) },
  );
});

test("a printed program stays as it is unless a line of it is too long", () => {
  fc.assert(
    fc.property(programs, (program) => {
      const text = print(program);
      fc.pre(text.split("\n").every((line) => line.length <= 120));
      assert.equal(formatted(text), text);
    }),
    { numRuns: often(60) },
  );
});

const layouts: ReadonlyArray<readonly [law: string, source: string, formatted: string]> = [
  ["an index stands close", "cell f(x)=x [ t - 1 , 2*n ]", "cell f(x) = x[t-1,2 * n]\n"],
  ["the blank before a bracket is the writer's", "cell f(x)=W  (r*h)+f(x)", "cell f(x) = W (r * h) + f(x)\n"],
  ["factors have a blank between them", "cell f(x)=2(x)^2[a;b]", "cell f(x) = 2 (x)^2 [a; b]\n"],
  ["a sign stands close", "cell f(x)=- a* - b - - c^ - 2", "cell f(x) = -a * -b - -c^-2\n"],
  ["brackets are the writer's", "cell f(x) = ((a)+(b*c))", "cell f(x) = ((a) + (b * c))\n"],
  ["numbers are the writer's", "cell f(x) = 0.50 + 1E+3", "cell f(x) = 0.50 + 1E+3\n"],
  ["a range stands close", "model M{axis t in 1 .. T - 1}", "model M {\n  axis t in 1..T-1\n}\n"],
  ["a comment in a line keeps its place", "cell f(x) = a // b\n+ c", "cell f(x) = a // b\n  + c\n"],
  ["a comment of its own line keeps it", "cell f(x) = a +\n// b\n\n c", "cell f(x) = a\n  +\n  // b\n  c\n"],
  ["comments alone are a file", "\n\n// a\n\n\n//b", "// a\n\n//b\n"],
  ["an empty file stays empty", " \n\n", ""],
  ["of several empty lines one stays", "model M {\n\n\n a = b\n\n\n c = d\n\n}", "model M {\n  a = b\n\n  c = d\n}\n"],
];

for (const [law, source, expected] of layouts) {
  test(law, () => assert.equal(formatted(source), expected));
}

const long = (...parts: ReadonlyArray<string>): string => parts.map((part) => part.repeat(30)).join("");

test("a long line is broken before its loosest operators, then inside brackets, and no further than it must", () => {
  const [a, b, c] = [long("a"), long("b"), long("c")];
  assert.equal(
    formatted(`cell f(x) = ${a} * ${b} + ${c} - tanh(${a}, ${b}, ${c}, ${a})`),
    [
      `cell f(x) = ${a} * ${b}`,
      `  + ${c}`,
      "  - tanh(",
      `    ${a},`,
      `    ${b},`,
      `    ${c},`,
      `    ${a}`,
      "  )",
      "",
    ].join("\n"),
  );
});
