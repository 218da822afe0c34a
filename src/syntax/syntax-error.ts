import type { FailedMatchResult } from "ohm-js";
import grammar from "../../grammar/rnn.ohm-bundle.js";
import type { Diagnostic } from "./diagnostic.ts";
import { expectation } from "./expectation.ts";
import { hintFor } from "./hints.ts";
import type { Chunk, Rule } from "./recover.ts";
import { isClosing, isForeign, isOpening, type Token } from "./scan.ts";
import { syntaxDiagnostic } from "./syntax-codes.ts";

/** What is wrong with a part of the source, if anything is. */
export const errorsOf =
  (source: string, file: string) =>
  (chunk: Chunk): ReadonlyArray<Diagnostic> => {
    switch (chunk.tag) {
      case "unclosed":
        return [neverClosed(file, chunk.open)];
      case "unopened":
        return [neverOpened(file, chunk.close)];
      case "match":
        return mismatch(source, file, chunk.rule, chunk.tokens);
    }
  };

/** Matches tokens, which are in the source's order, with a rule of the grammar. */
export const mismatch = (
  source: string,
  file: string,
  rule: Rule | "Program",
  tokens: ReadonlyArray<Token>,
): ReadonlyArray<Diagnostic> => {
  const start = tokens[0]?.start ?? 0;
  const end = tokens.at(-1)?.end ?? 0;
  const match = grammar.match(source.slice(start, end), rule);
  return match.failed() ? [explain(file, rule, tokens, start, match)] : [];
};

const explain = (
  file: string,
  rule: Rule | "Program",
  tokens: ReadonlyArray<Token>,
  start: number,
  match: FailedMatchResult,
): Diagnostic => {
  const position = start + match.getRightmostFailurePosition();
  const place = tokens.findIndex(({ end }) => end > position);
  const found = tokens[place];
  const open = openBrackets(found === undefined ? tokens : tokens.slice(0, place));
  if (found === undefined && open.length > 0) return neverClosed(file, open.at(-1)!);
  if (found !== undefined && isClosing(found) && open.length === 0) return neverOpened(file, found);
  const last = tokens.at(-1)?.end ?? 0;
  const span = found === undefined ? { file, start: last, end: last } : { file, start: found.start, end: found.end };
  if (found !== undefined && isForeign(found)) {
    return syntaxDiagnostic("RNN008", {
      message: `The character ${quote(found.text)} (U+${hexadecimal(found.text)}) means nothing here.`,
      span,
      hint: hintFor({ tokens, place, open }),
    });
  }
  const expected = expectation(
    rule,
    (match as Detailed).getRightmostFailures().map((failure) => failure.getText()),
  );
  const what = found === undefined ? endOf[rule] : quote(found.text);
  return syntaxDiagnostic("RNN001", {
    message: `Expected ${expected}, but found ${what}.`,
    span,
    text: `expected ${expected}`,
    hint: hintFor({ tokens, place: found === undefined ? tokens.length : place, open, expected }),
  });
};

/** Ohm's own declarations leave this method out. */
type Detailed = FailedMatchResult & { readonly getRightmostFailures: () => ReadonlyArray<{ getText: () => string }> };

const endOf: { readonly [R in Rule | "Program"]: string } = {
  Program: "the end of the file",
  Item: "the end of the definition",
  DefinitionHead: "`{`",
  Statement: "the end of the statement",
  ForHead: "`{`",
};

const neverClosed = (file: string, { text, start, end }: Token): Diagnostic =>
  syntaxDiagnostic("RNN005", {
    message: `This ${quote(text)} is never closed.`,
    span: { file, start, end },
    text: "opened here",
    hint: `Add the missing ${quote(partners[text]!)}.`,
  });

const neverOpened = (file: string, { text, start, end }: Token): Diagnostic =>
  syntaxDiagnostic("RNN006", {
    message: `This ${quote(text)} closes nothing.`,
    span: { file, start, end },
    hint: `Remove it, or add the ${quote(partners[text]!)} that it should close.`,
  });

const partners: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", ")": "(", "]": "[", "}": "{" };

/** The opening brackets that are open after the tokens, the innermost last. */
const openBrackets = (tokens: ReadonlyArray<Token>): ReadonlyArray<Token> => {
  const open: Token[] = [];
  for (const token of tokens) {
    if (isOpening(token)) open.push(token);
    else if (isClosing(token) && open.at(-1)?.text === partners[token.text]) open.pop();
  }
  return open;
};

const quote = (text: string): string => `\`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\``;
const hexadecimal = (text: string): string => text.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
