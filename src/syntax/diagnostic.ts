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
  /** How many more there are, which are not shown; said by the last one that is. */
  readonly further?: number;
}

/** So many are shown at once: who has more starts with these. */
export const mostShown = 50;

/** The first of all that is wrong; the last of them says how much more there is. */
export const firstShown = <A>(
  problems: ReadonlyArray<A>,
  explain: (problem: A) => Diagnostic,
): ReadonlyArray<Diagnostic> =>
  problems.slice(0, mostShown).map((problem, i) => {
    const further = i === mostShown - 1 ? problems.length - mostShown : 0;
    return further > 0 ? { ...explain(problem), further } : explain(problem);
  });

export interface Label {
  readonly span: Span;
  readonly text: string;
}
