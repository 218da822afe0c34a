import { beyondChain } from "./chains.ts";
import { type Diagnostic, mostShown } from "./diagnostic.ts";
import { isClosing, isOpening, type Token } from "./scan.ts";
import type { Span } from "./span.ts";
import { syntaxDiagnostic } from "./syntax-codes.ts";

/**
 * What a source may measure, so that no text can exhaust the stack or the memory: the grammar's match recurses from one
 * bracket to the next (half of what overflows the stack), and every pass over a tree recurses with its depth.
 */
export const limits = {
  /** In UTF-16 code units. */
  sourceLength: 2_000_000,
  /** Of one line, as a person may still read it; what is longer was made by a machine, and can be made in lines. */
  lineLength: 60_000,
  nesting: 64,
  nameLength: 200,
  /** Of a statement's tree: a sum of so many terms, a product of so many factors. */
  depth: 500,
  /** Of one file; who has more starts with these. */
  errors: mostShown,
} as const;

export const tooLong = (source: string, file: string): ReadonlyArray<Diagnostic> => {
  if (source.length > limits.sourceLength)
    return [
      syntaxDiagnostic("RNN003", {
        message: `This file has ${source.length} characters; at most ${limits.sourceLength} are read.`,
        span: { file, start: 0, end: 0 },
        hint: "Split it into several files and `import` one from another.",
      }),
    ];
  const line = longLine(source);
  if (line === undefined) return [];
  return [
    syntaxDiagnostic("RNN003", {
      message: `This line has ${line.end - line.start} characters; at most ${limits.lineLength} are read.`,
      span: { file, start: line.start, end: line.start },
      hint: "An operator may end a line or begin the next; or give a part of it a name, in an equation of its own.",
    }),
  ];
};

const longLine = (source: string): { readonly start: number; readonly end: number } | undefined => {
  for (let start = 0; start < source.length; ) {
    const next = source.indexOf("\n", start);
    const end = next < 0 ? source.length : next;
    if (end - start > limits.lineLength) return { start, end };
    start = end + 1;
  }
  return undefined;
};

/** Every token that goes over a limit. */
export const beyondLimits = (tokens: ReadonlyArray<Token>, file: string): ReadonlyArray<Diagnostic> => [
  ...tooDeep(tokens).map((token) => tooDeepAt(spanOf(file, token))),
  ...tokens.filter(({ tag, text }) => tag === "word" && text.length > limits.nameLength).map(nameTooLong(file)),
  ...tokens.filter(({ tag, text }) => tag === "number" && !Number.isFinite(Number(text))).map(numberTooLarge(file)),
];

export const tooDeepAt = (span: Span): Diagnostic =>
  syntaxDiagnostic("RNN002", {
    message: `This goes deeper than ${limits.nesting} brackets or ${limits.depth} operations, one inside the other.`,
    span,
    hint: "Give a part of it a name, in an equation of its own.",
  });

/** The first opening bracket beyond the limit, or else the first operator of a chain, if any. */
const tooDeep = (tokens: ReadonlyArray<Token>): ReadonlyArray<Token> => {
  let depth = 0;
  for (const token of tokens) {
    if (isOpening(token)) depth += 1;
    if (isClosing(token)) depth = Math.max(0, depth - 1);
    if (depth > limits.nesting) return [token];
  }
  const token = beyondChain(tokens, limits.depth);
  return token === undefined ? [] : [token];
};

const nameTooLong =
  (file: string) =>
  (token: Token): Diagnostic =>
    syntaxDiagnostic("RNN004", {
      message: `This name has ${token.text.length} characters; at most ${limits.nameLength} are allowed.`,
      span: spanOf(file, token),
    });

const numberTooLarge =
  (file: string) =>
  (token: Token): Diagnostic =>
    syntaxDiagnostic("RNN007", {
      message: "This number is larger than the largest that a 64-bit float holds, about 1.8e308.",
      span: spanOf(file, token),
    });

const spanOf = (file: string, { start, end }: Token): Span => ({ file, start, end });
