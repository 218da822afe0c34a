import type { Diagnostic } from "./diagnostic.ts";
import type { Span } from "./span.ts";

/** The codes of the syntax, each with its title and what `rnnc explain` says of it. */
export const syntaxCodes = {
  RNN001: {
    title: "Syntax error",
    explanation:
      "The text does not follow the grammar at this place. What could stand there is listed; a statement ends with its line, unless the line ends in an operator or the next begins with one.",
  },
  RNN002: {
    title: "Nested too deeply",
    explanation: "Brackets or operations stand inside one another beyond what the compiler takes. Name the parts.",
  },
  RNN003: {
    title: "File too large",
    explanation: "A source file is limited in size. Split it and import one part from the other.",
  },
  RNN004: { title: "Name too long", explanation: "A name is limited in length." },
  RNN005: {
    title: "Bracket never closed",
    explanation: "A `(`, `[` or `{` has no partner before its statement, or its definition, ends.",
  },
  RNN006: {
    title: "Bracket never opened",
    explanation: "A `)`, `]` or `}` stands where none is open.",
  },
  RNN007: { title: "Number too large", explanation: "A number must be finite as a 64-bit float." },
  RNN008: {
    title: "Unknown character",
    explanation:
      "The character has no meaning outside a comment. Names are made of letters, digits, `_` and `'`; operators are ASCII.",
  },
} as const;

export type SyntaxCode = keyof typeof syntaxCodes;

export interface SyntaxFact {
  readonly message: string;
  readonly span: Span;
  /** What stands beside the underline. */
  readonly text?: string;
  readonly hint?: string | undefined;
}

export const syntaxDiagnostic = (code: SyntaxCode, { message, span, text, hint }: SyntaxFact): Diagnostic => ({
  code,
  severity: "error",
  title: syntaxCodes[code].title,
  message,
  labels: [{ span, text: text ?? "" }],
  ...(hint === undefined ? {} : { hint }),
});
