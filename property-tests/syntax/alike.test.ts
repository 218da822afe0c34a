import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { long, wrong } from "../../bench/hostile/programs.ts";
import { thinned } from "../../src/syntax/alike.ts";
import { matchedWhole } from "../../src/syntax/parse.ts";
import { scan } from "../../src/syntax/scan.ts";
import { realPrograms } from "../diagnostics/sources.ts";
import { programs } from "../programs/arbitrary.ts";

const file = "model.rnn";

/** What is like something before it is matched once, and the tree is the one that the grammar gives of the whole. */
const isAlike = (source: string): void => {
  const { source: short, filled } = thinned(source, scan(source));
  const program = matchedWhole(short, file);
  assert.ok(program !== undefined, short);
  assert.deepEqual(filled(program, file), matchedWhole(source, file));
};

test("a program of which each form of a statement is matched once has the tree of the whole", () => {
  for (const source of realPrograms) isAlike(source);
  for (const { source, name } of [...long, ...wrong]) if (name !== "line") isAlike(source(9));
  fc.assert(
    fc.property(programs({ smooth: false }), ({ source }) => isAlike(source)),
    { numRuns: 40 },
  );
});

/** Statements whose words, numbers, blanks and breaks differ. */
const statements = fc
  .array(
    fc.record({
      name: fc.constantFrom("a", "T", "e", "R", "gate_1", "b'", "É", "toString"),
      other: fc.constantFrom(
        "x",
        "T",
        "(x)",
        "((3))",
        "2",
        "1.5e3",
        "x^T x",
        "x^2",
        "x^k (x)",
        "x^k(x)",
        "f(x)",
        "f (x)",
      ),
      form: fc.constantFrom(
        (a: string, b: string) => `${a} = ${b}`,
        (a: string, b: string) => `${a} =\n      ${b} + ${b}`,
        (a: string, b: string) => `${a}=${b}  // ${b}`,
        (a: string, b: string) => `minimize ${a} * ${b}`,
        (a: string, b: string) => `output ${a} = ${b}`,
        (a: string, b: string) => `output ${a} ~ normal(${b}, 1)`,
        (a: string, b: string) => `param ${a} : R[3] = ${b}`,
        (a: string, b: string) => `[${a}; c] = [${b}; ${b}]`,
        (a: string, b: string) => `for l in 1..3 {\n    ${a} = ${b}\n    ${a} = ${b}\n  }`,
        (a: string, b: string) => `for l in 1..${b} { ${a} = ${b} }`,
      ),
    }),
    { maxLength: 12 },
  )
  .map((parts) => parts.map(({ name, other, form }) => `  ${form(name, other)}\n`).join(""));

test("so has one whose statements differ in little", () => {
  fc.assert(
    fc.property(statements, statements, (one, other) =>
      isAlike(`model M {\n${one}}\ncell C(x) -> x {\n${other}}\n// end`),
    ),
    { numRuns: 200 },
  );
});

test("of many statements of few forms few are matched", () => {
  for (const { source, name, size } of long) {
    const [some, many] = [size / 10, size].map((n) => thinned(source(n), scan(source(n))).source.length);
    assert.ok(many! <= some! + 200, name);
  }
});
