import { hasAxis, lengthAxes, sameAxis, type TimeAxis, unionAxes } from "../circuit/axis.ts";
import { match } from "../match.ts";
import type { Span } from "../syntax/span.ts";
import type { Term } from "./system.ts";

/** The terms that a term is made of. */
export const operandsOf: (term: Term) => ReadonlyArray<Term> = match<Term, ReadonlyArray<Term>>({
  number: () => [],
  read: () => [],
  position: () => [],
  length: () => [],
  lookup: ({ table, symbol }) => [table, symbol],
  pick: ({ table, place }) => [table, place],
  component: ({ table }) => [table],
  unit: () => [],
  call: ({ operands }) => operands,
  reduce: ({ operand }) => [operand],
  product: ({ left, right }) => [left, right],
  transpose: ({ operand }) => [operand],
  concat: ({ parts }) => parts,
  compare: ({ left, right }) => [left, right],
  logic: ({ operands }) => operands,
  choose: ({ condition, then, else: otherwise }) => [condition, then, otherwise],
  family: ({ members }) => members,
  mix: ({ mask, next, last }) => [mask, next, last],
  grad: ({ of, by }) => [of, by],
  wrong: () => [],
});

/** The same term of other operands, which stand as `operandsOf` gives them. */
export const withOperands = (term: Term, operands: ReadonlyArray<Term>): Term => {
  const [first, second, third] = operands as readonly [Term, Term, Term];
  switch (term.tag) {
    case "number":
    case "read":
    case "position":
    case "length":
    case "unit":
    case "wrong":
      return term;
    case "lookup":
      return { ...term, table: first, symbol: second };
    case "pick":
      return { ...term, table: first, place: second };
    case "component":
      return { ...term, table: first };
    case "call":
    case "logic":
      return { ...term, operands };
    case "reduce":
    case "transpose":
      return { ...term, operand: first };
    case "product":
    case "compare":
      return { ...term, left: first, right: second };
    case "concat":
      return { ...term, parts: operands };
    case "family":
      return { ...term, members: operands };
    case "choose":
      return { ...term, condition: first, then: second, else: third };
    case "grad":
      // What a derivative is taken by is a place, not a value.
      return { ...term, of: first };
    case "mix":
      return { ...term, mask: first, next: second, last: third };
  }
};

/** A term with its operands changed. */
export const mapOperands = (term: Term, change: (operand: Term) => Term): Term =>
  withOperands(term, operandsOf(term).map(change));

/** The axes along which a term varies, in the order of their declaration. */
export const freeAxes = (term: Term): ReadonlyArray<TimeAxis> =>
  sortTimeAxes(freeIndices(term).map(({ axis }) => axis));

/** Every index that nothing in the term binds, with its place: a softmax has a value at each position of its axes. */
export const freeIndices = (term: Term): ReadonlyArray<{ readonly axis: TimeAxis; readonly span: Span }> => {
  const inside = operandsOf(term).flatMap(freeIndices);
  const own = [...ownAxes(term).map((axis) => ({ axis, span: term.span })), ...inside];
  if (term.tag === "pick") return own.filter(({ axis }) => !sameAxis(axis, term.axis));
  return term.tag === "reduce" && term.fn !== "softmax" ? own.filter(({ axis }) => !hasAxis(term.axes, axis)) : own;
};

const sortTimeAxes = (axes: ReadonlyArray<TimeAxis>): ReadonlyArray<TimeAxis> =>
  unionAxes(axes).flatMap((axis) => (axis.tag === "time" ? [axis] : []));

const ownAxes = (term: Term): ReadonlyArray<TimeAxis> => {
  if (term.tag === "read") return term.places.flatMap((place) => (place.tag === "shift" ? [place.axis] : []));
  if (term.tag === "position" || term.tag === "family") return [term.axis];
  if (term.tag === "component" || term.tag === "unit") return term.index.tag === "axis" ? [term.index.axis] : [];
  // How many positions there are differs along the axes that a length stands over.
  const measured = term.tag === "length" ? [term.axis] : term.tag === "reduce" ? term.axes : [];
  return measured.flatMap(lengthAxes).flatMap((axis) => (axis.tag === "time" ? [axis] : []));
};

type Read = Extract<Term, { readonly tag: "read" }>;

/** Every reading of a variable in a term, from left to right. */
export const readsOf = (term: Term): ReadonlyArray<Read> =>
  term.tag === "read" ? [term] : operandsOf(term).flatMap(readsOf);

/** All the terms within a term, and it itself. */
export const partsOf = (term: Term): ReadonlyArray<Term> => [term, ...operandsOf(term).flatMap(partsOf)];
