import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isRight } from "fp-ts/lib/Either.js";
import { beyondChain } from "../../src/syntax/chains.ts";
import { deeperThan } from "../../src/syntax/depth.ts";
import { beyondLimits } from "../../src/syntax/limits.ts";
import { parse } from "../../src/syntax/parse.ts";
import { scan } from "../../src/syntax/scan.ts";
import { diagnosticsOf } from "../diagnostics/sources.ts";
import { often } from "../often.ts";

/** Precedence is the grammar's own: operands and what may stand between, before and behind them, as text. */
const expressions = (depth: number): fc.Arbitrary<string> => {
  const atom = fc.constantFrom("a", "f", "2", "x[t]", "a^T", "f(a)(b)", "f (a)", "[a; b]", "(a)");
  const operand =
    depth === 0
      ? atom
      : fc.oneof(
          { weight: 4, arbitrary: atom },
          { weight: 1, arbitrary: expressions(depth - 1).map((inner) => `(${inner})`) },
          { weight: 1, arbitrary: expressions(depth - 1).map((inner) => `f(a, ${inner})`) },
        );
  const few = fc.constantFrom(...operators);
  // Of few kinds of operators, so that chains are long.
  return fc
    .array(few, { minLength: 1, maxLength: 3 })
    .chain((kinds) =>
      fc
        .array(fc.tuple(fc.constantFrom(...kinds), fc.constantFrom("", "", "", "-"), operand), { maxLength: 9 })
        .map((rest) => rest.reduce((text, [operator, sign, next]) => `${text}${operator}${sign}${next}`, "a")),
    );
};

const operators = [
  " + ",
  "+",
  " - ",
  " * ",
  "/",
  " ",
  " @ ",
  "^",
  "^2 ",
  "\n    + ",
  " *\n    ",
  " and ",
  " or ",
  " < ",
];

const inProgram = (expressions: ReadonlyArray<string>): string =>
  `model M {\n${expressions.map((each, i) => `  y${i} = ${each}\n`).join("")}}`;

test("a chain of more operators than a limit is found in no program whose tree is not deeper than that", () => {
  let found = 0;
  fc.assert(
    fc.property(fc.array(expressions(1), { minLength: 1, maxLength: 2 }), fc.integer({ min: 1, max: 8 }), (given, most) => {
      const source = inProgram(given);
      const program = parse(source, "random.rnn");
      fc.pre(isRight(program));
      if (beyondChain(scan(source), most) === undefined) return;
      found += 1;
      assert.notEqual(deeperThan(program.right, most), undefined, source);
    }),
    { numRuns: often(200), maxSkipsPerRun: 1000 },
  );
  assert.ok(found > 20, `${found}`);
}); // biome-ignore format: a line

/** One expression of so many operators, of each kind that makes a tree deeper. */
const endless: Readonly<Record<string, (size: number) => string>> = {
  "terms in a line": (size) => Array(size).fill("w*x[1]").join("+"),
  "terms on lines of their own": (size) => Array(size).fill("w * x[1]").join(" +\n    "),
  "terms that are taken off": (size) => Array(size).fill("w").join(" - "),
  factors: (size) => Array(size).fill("w").join("*"),
  divisors: (size) => Array(size).fill("w").join(" / "),
  "factors side by side": (size) => Array(size).fill("w").join(" "),
  "factors that are squares": (size) => Array(size).fill("(w)^2").join(" "),
  exponents: (size) => Array(size).fill("w").join("^"),
  transposes: (size) => `w${"^T".repeat(size)}`,
  indices: (size) => `x${"[1]".repeat(size)}`,
  calls: (size) => `f${"(w)".repeat(size)}`,
  signs: (size) => `${"-".repeat(size)}w`,
  conditions: (size) => `if ${Array(size).fill("w > 0").join(" and ")} then 1 else 0`,
  choices: (size) => `${"if w > 0 then w else\n    ".repeat(size)}w`,
  brackets: (size) => `${"(".repeat(size)}w${")".repeat(size)}`,
  "brackets that are never closed": (size) => "(".repeat(size),
  concatenations: (size) => `${"[".repeat(size)}w${"]".repeat(size)}`,
  "calls in calls": (size) => `${"max(w,".repeat(size)}w${")".repeat(size)}`,
};

for (const [what, text] of Object.entries(endless)) {
  const source = (size: number): string => inProgram([text(size)]);

  test(`an expression of 5000 ${what} is refused before the grammar is asked`, () => {
    const said = diagnosticsOf(source(5000));
    assert.deepEqual(
      said.map(({ code }) => code),
      ["RNN002"],
    );
    assert.ok(beyondLimits(scan(source(5000)), "long.rnn").length > 0);
  });
}
