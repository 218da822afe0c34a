import { sameAxis, type TimeAxis } from "../circuit/axis.ts";
import { constantOf } from "./numbers.ts";
import type { Problem, Within } from "./problem.ts";
import { termsOf } from "./reachable.ts";
import type { Comparison, System, Term } from "./system.ts";
import { partsOf } from "./term.ts";

/** A warning where an index is compared with a position at which its axis never is: what is asked is always the same. */
export const beyondAxes = (system: System): ReadonlyArray<Problem> =>
  termsOf(system).flatMap(({ term, within }) => partsOf(term).flatMap((part) => beyondAxis(part, within)));

const beyondAxis = (term: Term, within: Within): ReadonlyArray<Problem> => {
  if (term.tag !== "compare") return [];
  const { left, right, operator, span } = term;
  const [index, other, asked] = left.tag === "position" ? [left, right, operator] : [right, left, swapped[operator]];
  const side = index.tag === "position" ? sideOf(other, index.axis, within) : undefined;
  if (index.tag !== "position" || side === undefined) return [];
  const name = within[0]?.inside.letters.get(index.axis.key) ?? index.axis.key;
  return [{ tag: "beyondAxis", span, within, name, side, isTrue: whenBeyond[side].includes(asked) }];
};

/** Whether a position lies before the first of an axis or after its last, or between two. */
const sideOf = (term: Term, axis: TimeAxis, within: Within): Side | undefined => {
  const position = constantOf(term);
  if (position === undefined) return isAfterLength(term, axis) ? "after" : undefined;
  if (position < 1) return "before";
  // How long its axes are differs from one application of a cell to the next.
  const { extent } = axis;
  return within.length === 0 && extent.tag === "fixed" && position > extent.size ? "after" : undefined;
};

type Side = "before" | "after";

/** `T + 1`. */
const isAfterLength = (term: Term, axis: TimeAxis): boolean => {
  if (term.tag !== "call" || term.fn !== "add") return false;
  const isLength = (operand: Term): boolean => operand.tag === "length" && sameAxis(operand.axis, axis);
  return term.operands.some(isLength) && term.operands.some((operand) => (constantOf(operand) ?? 0) > 0);
};

/** What holds of every position where another one lies beyond them all. */
const whenBeyond: { readonly [S in Side]: ReadonlyArray<Comparison> } = {
  before: ["!=", ">", ">="],
  after: ["!=", "<", "<="],
};

const swapped: { readonly [C in Comparison]: Comparison } = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};
