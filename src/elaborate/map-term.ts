import { match } from "../match.ts";
import type { Term } from "./system.ts";

/** A term with its operands changed; a term without operands is as it is. */
export const withOperands = (term: Term, change: (operand: Term) => Term): Term =>
  match<Term, Term>({
    number: (same) => same,
    read: (same) => same,
    position: (same) => same,
    length: (same) => same,
    lookup: (given) => ({ ...given, table: change(given.table), symbol: change(given.symbol) }),
    component: (given) => ({ ...given, table: change(given.table) }),
    unit: (same) => same,
    call: (given) => ({ ...given, operands: given.operands.map(change) }),
    reduce: (given) => ({ ...given, operand: change(given.operand) }),
    product: (given) => ({ ...given, left: change(given.left), right: change(given.right) }),
    transpose: (given) => ({ ...given, operand: change(given.operand) }),
    concat: (given) => ({ ...given, parts: given.parts.map(change) }),
    compare: (given) => ({ ...given, left: change(given.left), right: change(given.right) }),
    logic: (given) => ({ ...given, operands: given.operands.map(change) }),
    choose: (given) => ({
      ...given,
      condition: change(given.condition),
      then: change(given.then),
      else: change(given.else),
    }),
    // What a derivative is taken by is a place, not a value.
    grad: (given) => ({ ...given, of: change(given.of) }),
    wrong: (same) => same,
  })(term);
