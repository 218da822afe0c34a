import assert from "node:assert/strict";
import test from "node:test";
import { isLeft, isRight } from "fp-ts/lib/Either.js";
import { format } from "../../src/syntax/format.ts";
import { parse } from "../../src/syntax/parse.ts";
import { print } from "../../src/syntax/print.ts";
import { printExpression } from "../../src/syntax/print-expression.ts";
import type { Program, Statement } from "../../src/syntax/tree.ts";
import { compiled, outputsOf, paramsOf } from "../std/compiled.ts";
import { withoutSpans } from "./arbitrary.ts";

const around = (lines: string): string => `model M {\n  ${lines}\n}\n`;

const parsed = (lines: string): Program => {
  const result = parse(around(lines), "");
  return isRight(result) ? result.right : assert.fail(`${lines}\n${JSON.stringify(result.left)}`);
};

const equationIn = (lines: string): Extract<Statement, { tag: "equation" }> => {
  const [definition] = parsed(lines).definitions;
  const statement = definition?.tag === "model" ? definition.body[0] : undefined;
  return statement?.tag === "equation" ? statement : assert.fail("no equation");
};

/** The right side, and what stands behind `when` and `reset`. */
const readings: Readonly<Record<string, readonly [value: string, when?: string | undefined, reset?: string]>> = {
  "h = F(x) when m": ["F(x)", "m"],
  "h = F(x) reset e": ["F(x)", undefined, "e"],
  "h = F(n)(x) when m reset e with h[0] = 1": ["F(n)(x)", "m", "e"],
  "h = backward F(x) when m[t] reset e": ["backward F(x)", "m[t]", "e"],
  "h = F(x)  when  a b + c reset not d": ["F(x)", "a b + c", "not d"],
  "h = F(x) when if a then b else c d reset e": ["F(x)", "if a then b else c d", "e"],
  "h = F(x) when (a reset b) reset c": ["F(x)", "a reset b", "c"],
  "h = F(x) when\tm": ["F(x)", "m"],
  "h = F(x) when when reset reset": ["F(x)", "when", "reset"],
  "h = F(x) reset when": ["F(x)", undefined, "when"],
  "h = (F(x)) when m": ["F(x) @ when @ m"],
  "h = x when m": ["x @ when @ m"],
  "h = 2 F(x) when m": ["2 @ F(x) @ when @ m"],
  "h = a + F(x) when m": ["a + F(x) @ when @ m"],
  "h = x[t] when m": ["x[t] @ when @ m"],
  "h = F(x)[t] when m": ["F(x)[t] @ when @ m"],
  "h = F(x) @ when m": ["F(x) @ when @ m"],
  "h = F(x) when": ["F(x) @ when"],
  "h = F(x) when + 1": ["F(x) @ when + 1"],
  "h = F(x) when - m": ["F(x) @ when - m"],
  "h = F(x) when and m": ["F(x) @ when and m"],
  "h = F(x) when[t] m": ["F(x) @ when[t] @ m"],
  "h = F(x) when(t)": ["F(x) @ when(t)"],
  "h = F(x) when^2": ["F(x) @ when^2"],
  "h = F(x) when // m": ["F(x) @ when"],
  "h = F(x) when' m": ["F(x) @ when' @ m"],
  "h = F(x) reset == e": ["F(x) @ reset == e"],
  "h = when m": ["when @ m"],
  "h = when(x) when m": ["when(x)", "m"],
};

for (const [text, [value, when, reset]] of Object.entries(readings))
  test(`\`${text}\` is read as ${value}, when ${when ?? "always"}, reset ${reset ?? "never"}`, () => {
    const found = equationIn(text);
    const plain = (source: string) => withoutSpans(equationIn(`h = (${source})`).value);
    const factored = JSON.parse(JSON.stringify(plain(value)).replaceAll('"explicit":true', '"explicit":false'));
    const asRead = JSON.parse(
      JSON.stringify(withoutSpans(found.value)).replaceAll('"explicit":true', '"explicit":false'),
    );
    assert.deepEqual(asRead, factored);
    assert.equal(found.when === undefined ? undefined : printExpression(found.when), when);
    assert.equal(found.reset === undefined ? undefined : printExpression(found.reset), reset);
  });

test("printed or formatted, a program with such words is the same program", () => {
  for (const text of Object.keys(readings)) {
    const program = parsed(text);
    assert.deepEqual(withoutSpans(parse(print(program), "")), withoutSpans({ _tag: "Right", right: program }), text);
    const formatted = format(around(text), "");
    const again = isRight(formatted) ? parse(formatted.right, "") : formatted;
    assert.deepEqual(
      JSON.stringify(withoutSpans(again)).replace(/"span":\{[^}]*\}/g, ""),
      JSON.stringify(withoutSpans({ _tag: "Right", right: program })).replace(/"span":\{[^}]*\}/g, ""),
      text,
    );
  }
});

test("`when` and `reset` on another line than the application, or in another order, are errors", () => {
  for (const text of ["h = F(x)\n  when m", "h = F(x) when m\n  reset e", "h = F(x) reset e when m"])
    assert.ok(isLeft(parse(around(text), "")), text);
});

test("`when` and `reset` may be the names of anything", () => {
  const model = compiled(
    `cell when(reset) = reset + 1
model reset(when = 2) {
  axis t in 1..T
  input reset[t] : R[when]
  param W : R[when,when] = 1
  output a[t] = when(reset[t]) * when
  output b[t] = W reset[t]
  minimize sum[t](sumsq(a[t] + b[t]))
}`
      .replace("cell when(reset) = reset + 1\n", "cell plus(reset) = reset + 1\n")
      .replace("when(reset[t])", "plus(reset[t])"),
  );
  const { a } = outputsOf(model, paramsOf(model.model, 1), { reset: [[1, 2]] });
  assert.deepEqual(a, [4, 6]);
  const axes = compiled(`model M {
  axis when in 1..reset
  input x[when] : R
  let_[0] = 0
  output let_[when] = let_[when-1] + x[when] * when
}`);
  assert.deepEqual(outputsOf(axes, {}, { x: [1, 1, 1] }).let_, [1, 3, 6]);
});
