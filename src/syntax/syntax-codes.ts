import type { Diagnostic } from "./diagnostic.ts";
import type { Span } from "./span.ts";

/** The codes of the syntax; their pages stand in `syntax-pages.ts`. */
export const syntaxCodes = {
  RNN001: { title: "syntax error" },
  RNN002: { title: "nested too deeply" },
  RNN003: { title: "file or line too long" },
  RNN004: { title: "name too long" },
  RNN005: { title: "bracket never closed" },
  RNN006: { title: "bracket never opened" },
  RNN007: { title: "number too large" },
  RNN008: { title: "unknown character" },
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
