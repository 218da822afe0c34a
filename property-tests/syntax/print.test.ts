import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { parse } from "../../src/syntax/parse.ts";
import { print } from "../../src/syntax/print.ts";
import { printExpression } from "../../src/syntax/print-expression.ts";
import type { Program } from "../../src/syntax/tree.ts";
import { programs, withoutSpans } from "./arbitrary.ts";
import { expressions } from "./arbitrary-expression.ts";

const parsed = (source: string): Program => {
  const result = parse(source, "");
  if (result._tag === "Left") assert.fail(`${source}\n${JSON.stringify(result.left)}`);
  return result.right;
};

const treeOf = (source: string): unknown => {
  const definition = parsed(`cell f() = ${source}`).definitions[0]!;
  return definition.tag === "function" ? withoutSpans(definition.result) : assert.fail("no function");
};

test("parsing a printed program gives the program", () => {
  fc.assert(
    fc.property(programs, (program) => {
      assert.deepEqual(withoutSpans(parsed(print(program))), withoutSpans(program));
    }),
    { numRuns: 150 },
  );
});

test("parsing a printed expression gives the expression", () => {
  fc.assert(
    fc.property(expressions, (expression) => {
      assert.deepEqual(treeOf(printExpression(expression)), withoutSpans(expression));
    }),
    { numRuns: 500 },
  );
});

test("printing a parsed program again changes nothing", () => {
  fc.assert(
    fc.property(programs, (program) => {
      const text = print(program);
      assert.equal(print(parsed(text)), text);
    }),
    { numRuns: 50 },
  );
});

const readings: ReadonlyArray<readonly [source: string, fullyBracketed: string]> = [
  ["a - b", "(a) - (b)"],
  ["-x^2", "-(x^2)"],
  ["-W x", "-(W x)"],
  ["a * -b", "a * (-b)"],
  ["a / b c", "a / (b c)"],
  ["A B c", "A @ (B c)"],
  ["v^T tanh(x)", "(v^T) tanh(x)"],
  ["a^b^c", "a^(b^c)"],
  ["x^-y^2", "x^(-(y^2))"],
  ["2 (x + y)^2", "2 ((x + y)^2)"],
  ["x^k (1 - x)", "(x^k) @ (1 - x)"],
  ["f(x)^2", "(f(x))^2"],
  ["P E[w[t]]", "P @ (E[w[t]])"],
  ["a + b == c and d or e", "(((a + b) == c) and d) or e"],
  ["a or b and c", "a or (b and c)"],
  ["not a == b", "not (a == b)"],
  ["if a then b else if c then d else e", "if a then b else (if c then d else e)"],
  ["backward L(n)(x[t]) + 1", "(backward (L(n)(x[t]))) + 1"],
];

for (const [source, bracketed] of readings) {
  test(`\`${source}\` reads as \`${bracketed}\``, () => {
    assert.deepEqual(anyProduct(source), anyProduct(bracketed));
  });
}

/** The tree, whether its products are written `a b` or `a @ b`. */
const anyProduct = (source: string): unknown =>
  JSON.parse(JSON.stringify(treeOf(source), (key, value) => (key === "explicit" ? 0 : value)));
