import type { Span } from "./span.ts";

/** What a user is told about a program: a stable code, exact places, a sentence, and a hint where one helps. */
export interface Diagnostic {
  /** Stable, e.g. `RNN012`; `rnnc explain` knows it. */
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly title: string;
  readonly message: string;
  /** The first is where it went wrong; the others show where the facts came from. */
  readonly labels: readonly [Label, ...ReadonlyArray<Label>];
  readonly hint?: string;
}

export interface Label {
  readonly span: Span;
  readonly text: string;
}
