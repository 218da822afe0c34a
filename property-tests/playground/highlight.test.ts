import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";
import { type Grammar, rulesOf } from "../../playground/src/highlight/grammar.ts";
import { piecesOf } from "../../playground/src/highlight/pieces.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const grammar = read("grammar/rnn.tmLanguage.json");

const require = createRequire(import.meta.url);
await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async () => textmate.parseRawGrammar(grammar, "rnn.tmLanguage.json"),
});
const editor = (await registry.loadGrammar("source.rnn"))!;

/** The scope of each character of a line, by an editor's own engine. */
const byEngine = (line: string): ReadonlyArray<string> =>
  editor
    .tokenizeLine(line, textmate.INITIAL)
    .tokens.flatMap(({ startIndex, endIndex, scopes }) =>
      Array.from({ length: Math.min(endIndex, line.length) - startIndex }, () => scopes.at(-1)!),
    );

const rules = rulesOf(JSON.parse(grammar) as Grammar);
const byPage = (line: string): ReadonlyArray<string> => {
  const scopes = Array.from(line, () => "source.rnn");
  for (const { from, to, scope } of piecesOf(rules, line)) scopes.fill(scope, from, to);
  return scopes;
};

test("the page colours every line of the examples and cells as editors do", () => {
  const files = ["examples/", "src/std/"].flatMap((folder) =>
    readdirSync(new URL(folder, root))
      .filter((name) => name.endsWith(".rnn"))
      .map((name) => folder + name),
  );
  const lines = files.flatMap((file) => read(file).split("\n"));
  assert.ok(lines.length > 500);
  for (const line of lines) assert.deepEqual(byPage(line), byEngine(line), line);
});

test("and lines of what is half typed", () => {
  for (const line of ["model", "  a[t] = (b when m[t] ]", '  "open', "y ~ f(x) weight w", "h' = x^T'", "1e 1.5e-3 ..2"])
    assert.deepEqual(byPage(line), byEngine(line), line);
});
