import { termsIn } from "../reachable.ts";
import type { System, Term, Variable } from "../system.ts";
import { operandsOf } from "../term.ts";

/** What has no shape that anything could follow from. */
export interface Mistaken {
  readonly terms: ReadonlySet<Term>;
  /** Variables that are not as their equations say. */
  readonly variables: ReadonlySet<string>;
  /** The constraints that do not hold, by their places in the order in which they are made. */
  readonly places: ReadonlySet<number>;
}

/** Whether a mistake is part of a term, or of what it reads: a variable with a stated shape has that one all the same. */
export const spreadOf = ({ variables }: System, mistaken: Mistaken): ((term: Term) => boolean) => {
  const known = new Map<Term, boolean>();
  const lost = new Set<string>();
  const isWrong = (term: Term): boolean => {
    const before = known.get(term);
    if (before !== undefined) return before;
    const isSo =
      term.tag === "wrong" ||
      mistaken.terms.has(term) ||
      (term.tag === "read" && lost.has(term.path)) ||
      operandsOf(term).some(isWrong);
    known.set(term, isSo);
    return isSo;
  };
  const isLost = ({ path, meaning, boundaries }: Variable): boolean =>
    mistaken.variables.has(path) ||
    termsIn(meaning).some(isWrong) ||
    boundaries.some(({ variable }) => lost.has(variable)) ||
    (meaning.tag === "part" && lost.has(meaning.whole));
  let open = [...variables.values()].filter(({ type }) => type === undefined);
  for (;;) {
    const found = open.filter(isLost);
    if (found.length === 0) return isWrong;
    for (const { path } of found) lost.add(path);
    open = open.filter(({ path }) => !lost.has(path));
    known.clear();
  }
};
