import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import test from "node:test";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";
import { callableNames } from "../../src/elaborate/functions.ts";
import { scan, type Token } from "../../src/syntax/scan.ts";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

const require = createRequire(import.meta.url);
await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async () => textmate.parseRawGrammar(read("grammar/rnn.tmLanguage.json"), "rnn.tmLanguage.json"),
});
const highlighter = (await registry.loadGrammar("source.rnn"))!;

/** The scope of every character of a text, the innermost alone. */
const scopesOf = (source: string): ReadonlyArray<string> => {
  let state = textmate.INITIAL;
  return source.split("\n").flatMap((line) => {
    const { tokens, ruleStack } = highlighter.tokenizeLine(line, state);
    state = ruleStack;
    const scopes = tokens.flatMap(({ startIndex, endIndex, scopes }) =>
      Array.from({ length: Math.min(endIndex, line.length) - startIndex }, () => scopes.at(-1)!),
    );
    return [...scopes, "newline"];
  });
};

/** The terminals of the Ohm grammar: its words, and its marks. */
const grammarText = read("grammar/rnn.ohm").replaceAll(/^\s*\/\/.*$/gm, "");
const keywords = [
  ...grammarText
    .slice(grammarText.indexOf("keyword = "))
    .split("\n\n")[0]!
    .matchAll(/"(\w+)"/g),
].map(([, word]) => word!);
const marks = [...new Set([...grammarText.matchAll(/"([^\w\s"\\]+)"/g)].map(([, mark]) => mark!))].filter(
  (mark) => !["'", ".", "//"].includes(mark),
);

/** Words where the grammar has them, and names elsewhere. */
const wordsInPlaces = new Set(["fixed", "weight", "when", "reset"]);

const scopeOfToken = ({ tag, text }: Token): RegExp => {
  if (tag === "number") return /^constant\.numeric/;
  if (tag === "string") return /^string/;
  if (keywords.includes(text)) return /^keyword/;
  if (wordsInPlaces.has(text)) return /^(keyword|variable)/;
  if (tag === "word") return /^(variable|entity|support|keyword\.operator\.transpose)/;
  return /^[()[\]{},;]+$/.test(text) ? /^punctuation/ : /^keyword\.operator/;
};

test("every word of the grammar is highlighted as one, and nothing longer is", () => {
  assert.ok(keywords.length >= 22);
  for (const word of keywords) {
    assert.match(scopesOf(` ${word} `)[1]!, /^keyword/, word);
    for (const longer of [`${word}x`, `${word}'`, `x${word}`, `${word}_1`])
      assert.doesNotMatch(scopesOf(longer).join(" "), /keyword/, longer);
  }
});

test("every mark of the grammar is highlighted as an operator or a bracket", () => {
  assert.ok(marks.length >= 24);
  for (const mark of marks) {
    const scopes = new Set(scopesOf(mark).slice(0, -1));
    assert.equal(scopes.size, 1, mark);
    assert.match([...scopes][0]!, /^(keyword\.operator|punctuation)/, mark);
  }
});

test("every function of the language is highlighted as one", () => {
  for (const name of callableNames) assert.equal(scopesOf(`${name}(x)`)[0], "support.function.rnn", name);
});

test("`fixed` and `weight` are highlighted as words where they are some", () => {
  const at = (source: string, place: number): string => scopesOf(source)[place]!;
  assert.match(at("  fixed W : R", 2), /^keyword/);
  assert.match(at("y[t] ~ normal(a, 1) weight w[t]", 20), /^keyword/);
  for (const source of ["  fixed[t] = 1", "  fixed = 1", "  fixed : R = 1"])
    assert.equal(at(source, 2), "variable.other.rnn", source);
  assert.equal(at("a = weight * b", 4), "variable.other.rnn");
});

test("types, transposes, definitions and calls have scopes of their own", () => {
  const at = (source: string, place: number): string => scopesOf(source)[place]!;
  assert.equal(at("x : R[n]", 4), "support.type.rnn");
  assert.equal(at("x : symbol[n]", 4), "support.type.rnn");
  assert.equal(at("x : position[T]", 4), "support.type.rnn");
  assert.equal(at("x = position", 4), "variable.other.rnn");
  assert.equal(at("x = R", 4), "variable.other.rnn");
  assert.equal(at("v^T x", 2), "keyword.operator.transpose.rnn");
  assert.equal(at("v^Ta", 2), "variable.other.rnn");
  assert.equal(at("model M(n)", 6), "entity.name.type.rnn");
  assert.equal(at("f(x)", 0), "entity.name.function.rnn");
});

const files = ["src/std", "examples"].flatMap((folder) =>
  readdirSync(new URL(`../../${folder}`, import.meta.url))
    .filter((name) => name.endsWith(".rnn"))
    .map((name) => `${folder}/${name}`),
);

for (const file of files) {
  test(`every token and comment of ${file} is highlighted as what it is`, () => {
    const source = read(file);
    const scopes = scopesOf(source);
    for (const token of scan(source))
      for (const scope of scopes.slice(token.start, token.end)) assert.match(scope, scopeOfToken(token), token.text);
    for (const { index, 0: comment } of source.matchAll(/"[^"\n]*"|\/\/.*/g))
      if (comment.startsWith("//"))
        assert.deepEqual(
          new Set(scopes.slice(index, index + comment.length)),
          new Set(["comment.line.double-slash.rnn"]),
        );
  });
}
