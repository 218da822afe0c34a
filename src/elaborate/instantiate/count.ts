import type { Span } from "../../syntax/span.ts";
import type { CountName } from "../functions.ts";
import type { Report } from "../problem.ts";
import type { Term } from "../system.ts";

/** A function of whole numbers: what is divided is made of indices, lengths and static numbers, what divides it is static. */
export const elaborateCount = (report: Report, fn: CountName, operands: ReadonlyArray<Term>, span: Span): Term => {
  const [counted, divisor] = operands as readonly [Term, Term];
  const wrong = !isCounted(counted) ? counted : !isDivisor(divisor) ? divisor : undefined;
  if (wrong === undefined) return { tag: "call", fn, operands, span };
  if (wrong.tag !== "wrong") report({ tag: "notCounted", span: wrong.span, name: fn, isDivisor: wrong === divisor });
  return { tag: "wrong", span };
};

const isDivisor = (term: Term): boolean => term.tag === "number" && Number.isSafeInteger(term.value) && term.value >= 1;

const isCounted = (term: Term): boolean => {
  if (term.tag === "number") return Number.isSafeInteger(term.value);
  if (term.tag === "position" || term.tag === "length") return true;
  return term.tag === "call" && wholes.has(term.fn) && term.operands.every(isCounted);
};

const wholes: ReadonlySet<string> = new Set(["add", "sub", "mul", "neg", "min", "max", "mod"]);
