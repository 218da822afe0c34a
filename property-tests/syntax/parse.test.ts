import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import type { Diagnostic } from "../../src/syntax/diagnostic.ts";
import { limits } from "../../src/syntax/limits.ts";
import { parse } from "../../src/syntax/parse.ts";
import { print } from "../../src/syntax/print.ts";
import { syntaxCodes } from "../../src/syntax/syntax-codes.ts";
import { programs } from "./arbitrary.ts";

const errorsOf = (source: string): ReadonlyArray<Diagnostic> => {
  const result = parse(source, "f.rnn");
  return result._tag === "Left" ? result.left : [];
};

const found = (source: string): ReadonlyArray<readonly [code: string, text: string]> =>
  errorsOf(source).map(({ code, labels: [{ span }] }) => [code, source.slice(span.start, span.end)]);

/** Statements that are wrong: the code, and the text that is underlined. */
const wrongStatements: ReadonlyArray<readonly [statement: string, code: string, underlined: string, hint?: RegExp]> = [
  ["a = b + * c", "RNN001", "*"],
  ["a = (b + c", "RNN005", "("],
  ["a = x[t", "RNN005", "["],
  ["a = b)", "RNN006", ")"],
  ["a = f(b]", "RNN001", "]"],
  ["a := b", "RNN001", ":=", /`=`/],
  ["a = b ** 2", "RNN001", "**", /\^2/],
  ["a = b − c", "RNN008", "−", /minus/],
  ["a = b;", "RNN001", ";", /no `;`/],
  ["h_{t-1} = b", "RNN001", "{", /h\[t-1\]/],
  ["let h[t] = b", "RNN001", "[", /`let`/],
  ["a = if b = 3 then 1 else 2", "RNN001", "=", /`==`/],
  ["a = if b then 1", "RNN001", ""],
  ["a = 1 + if b then c else d", "RNN001", "if", /parentheses/],
  ["a = b < c < d", "RNN001", "<", /chain/],
  ["a = (b\n  c)", "RNN001", "c", /one line/],
  ["a = b // c\n  (d)", "RNN001", ""],
  ["a = [b, c]", "RNN001", ",", /semicolons/],
  ["a = .5", "RNN001", ".", /0\.5/],
  ["a = b && c", "RNN001", "&&", /`and`/],
  ["axis t 1..T", "RNN001", "1"],
  ["axis t in 1.T", "RNN001", ".", /1\.\.T/],
  ["input x : Q", "RNN001", "Q"],
  ["input x y", "RNN001", "y"],
  ["param in", "RNN001", "in", /word of the language/],
  ["minimize", "RNN001", ""],
  ["a b", "RNN001", "b", /axis.*input.*minimize/],
  ["inptu x[t] : R", "RNN001", "x", /`input`/],
  ["minimise sum(x)", "RNN001", "sum", /`minimize`/],
  ["h~[t] = b", "RNN001", "=", /name/],
  ["a = b b[t] = c", "RNN001", "="],
  ["a = 1e999", "RNN007", "1e999"],
  ['a = "b"', "RNN001", '"b"'],
  [`a = ${"n".repeat(201)}`, "RNN004", "n".repeat(201)],
];

for (const [statement, code, underlined, hint] of wrongStatements) {
  test(`\`${statement.slice(0, 40)}\` is ${code} at \`${underlined.slice(0, 40)}\``, () => {
    const source = `model M {\n  input q\n  ${statement}\n  output q\n}\n`;
    assert.deepEqual(found(source), [[code, underlined]]);
    if (hint !== undefined) assert.match(errorsOf(source)[0]!.hint ?? "", hint);
  });
}

const wrongFiles: ReadonlyArray<readonly [source: string, ...found: ReadonlyArray<readonly [string, string]>]> = [
  ["model M {\n  a = b\n", ["RNN005", "{"]],
  ["model M {\n  a = b\n}\n}\n", ["RNN006", "}"]],
  ["model M\n  a = b\n", ["RNN001", "a"]],
  ["modl M { }", ["RNN001", "modl"]],
  ["axis t in 1..T", ["RNN001", "axis"]],
  ["import A from std", ["RNN001", "std"]],
  ["cell f(x) -> { }", ["RNN001", ""]],
  ["model M {\n  for l in 1..3 {\n    a = )\n  }\n  b = +\n}", ["RNN006", ")"], ["RNN001", "+"]],
  ["model M {\n  a = (b\n  c = d\n  e = ]\n}\nmodel N {\n  + \n}", ["RNN005", "("], ["RNN006", "]"], ["RNN001", "+"]],
  ["model M {\n  a = (b\nmodel N {\n  c = d\n}", ["RNN005", "("], ["RNN005", "{"]],
];

for (const [source, ...expected] of wrongFiles) {
  test(`all errors of ${JSON.stringify(source)} are found at once`, () => assert.deepEqual(found(source), expected));
}

test("of a `{` that is missing the hint says so, whatever follows", () => {
  const lacking: ReadonlyArray<readonly [source: string, hint: RegExp | undefined]> = [
    ["model M\n  axis t in 1..T\n  output t\n}", /`\{` is missing here: `model M/],
    ["model M(n = 2) axis t in 1..T\n}", /`\{` is missing here: `model M/],
    ["model M", /`\{` is missing here: `model M/],
    ["cell C(x[t]) -> h[t]\n  h[t] = x[t]\n}", /`\{` is missing here: `cell C/],
    ["model M {\n  for l in 1..3\n    a[l] = l\n}", /`\{` is missing here: `for/],
    ["model axis {\n}", /word of the language/],
    ["cell C(x[t])\n  h[t] = x[t]\n}", undefined],
    ["model M foo {\n}", undefined],
  ];
  for (const [source, hint] of lacking) {
    const told = errorsOf(source)[0]!.hint;
    assert.ok(hint === undefined ? told === undefined : hint.test(told ?? ""), `${source}: ${told}`);
  }
});

const lineBreaks: ReadonlyArray<readonly [law: string, source: string, count: number]> = [
  ["a line break ends juxtaposition", "a = b\n  c = d", 2],
  ["a line break ends indexing: the bracket begins a split", "a = b\n  [c; d] = e", 2],
  ["a line break ends a call: the bracket begins results", "a = b\n  (c, d) = e", 2],
  ["an operator may end a line", "a = b +\n  c", 1],
  ["an operator may begin a line", "a = b\n  - c\n  @ d", 1],
  ["a comment is no part of a line", "a = b // and\n  + c", 1],
  ["lines may end in CR LF or CR", "a = b\r\n  c = d\r  e = f", 3],
  ["brackets of a call may span lines", "a = f(\n  b,\n  c\n)", 1],
];

for (const [law, source, count] of lineBreaks) {
  test(law, () => {
    const result = parse(`model M {\n  ${source}\n}`, "");
    assert.ok(result._tag === "Right");
    const [model] = result.right.definitions;
    assert.equal(model?.tag === "model" && model.body.length, count);
  });
}

const isSound = (source: string): void => {
  for (const { code, labels } of errorsOf(source)) {
    assert.ok(code in syntaxCodes);
    for (const { span } of labels) assert.ok(0 <= span.start && span.start <= span.end && span.end <= source.length);
  }
};

test("no text whatever makes the parser throw, and its spans lie in the text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 60 }), isSound), { numRuns: 100 });
  const pieces =
    "model cell { } ( ) [ ] = ~ : ; , + - * ^ T x t 1 .. -> if then else with for in output \n \" ' // @ é 𝐱";
  const shreds = fc.array(fc.constantFrom(...pieces.split(" ")), { maxLength: 40 }).map((texts) => texts.join(" "));
  fc.assert(fc.property(shreds, isSound), { numRuns: 200 });
});

test("a program with a piece cut out or put in never makes the parser throw", () => {
  const pieces = fc.constantFrom("", "(", "}", "{", "\n", "if ", "=", "^", '"', "//", "model ");
  fc.assert(
    fc.property(programs, fc.nat(), fc.nat(5), pieces, (program, place, cut, piece) => {
      const text = print(program);
      const at = place % (text.length + 1);
      isSound(text.slice(0, at) + piece + text.slice(at + cut));
    }),
    { numRuns: 60 },
  );
});

const nested = (open: string, close: string, times: number): string =>
  `cell f(x) = ${open.repeat(times)}x${close.repeat(times)}`;

for (const [open, close] of [
  ["(", ")"],
  ["f(", ")"],
  ["x[", "]"],
  ["[x; ", "]"],
  ["x^-(", ")"],
] as const) {
  test(`\`${open}\` nests up to the limit, and no further`, () => {
    assert.deepEqual(found(nested(open, close, limits.nesting)), []);
    for (const times of [limits.nesting + 1, 5000]) {
      assert.deepEqual(
        errorsOf(nested(open, close, times)).map(({ code }) => code),
        ["RNN002"],
      );
    }
  });
}

for (const link of ["x + ", "x * ", "x ", "x @ ", "x^", "-", "not ", "x and ", "if x then x else "]) {
  test(`a chain of \`${link}\` is bounded in length`, () => {
    assert.deepEqual(found(`cell f(x) = ${link.repeat(300)}x`), []);
    assert.deepEqual(
      errorsOf(`cell f(x) = ${link.repeat(3000)}x`).map(({ code }) => code),
      ["RNN002"],
    );
  });
}

test("a file over the limit is refused", () => {
  assert.deepEqual(
    errorsOf(" ".repeat(limits.sourceLength + 1)).map(({ code }) => code),
    ["RNN003"],
  );
});

for (const line of ["}", ")\n", "}\n", "model ", "x = (\n", "for l in 1..2 {\n", "a\n"]) {
  test(`a file of ${JSON.stringify(line)} alone is refused with a bounded number of errors`, () => {
    const errors = errorsOf(line.repeat(20_000));
    assert.ok(errors.length > 0 && errors.length <= limits.errors);
  });
}
