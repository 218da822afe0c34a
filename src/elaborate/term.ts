import { hasAxis, lengthAxes, type TimeAxis, unionAxes } from "../circuit/axis.ts";
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
  grad: ({ of, by }) => [of, by],
  wrong: () => [],
});

/** The axes along which a term varies, in the order of their declaration. */
export const freeAxes = (term: Term): ReadonlyArray<TimeAxis> =>
  sortTimeAxes(freeIndices(term).map(({ axis }) => axis));

/** Every index that nothing in the term binds, with its place: a softmax has a value at each position of its axes. */
export const freeIndices = (term: Term): ReadonlyArray<{ readonly axis: TimeAxis; readonly span: Span }> => {
  const inside = operandsOf(term).flatMap(freeIndices);
  const own = [...ownAxes(term).map((axis) => ({ axis, span: term.span })), ...inside];
  return term.tag === "reduce" && term.fn !== "softmax" ? own.filter(({ axis }) => !hasAxis(term.axes, axis)) : own;
};

const sortTimeAxes = (axes: ReadonlyArray<TimeAxis>): ReadonlyArray<TimeAxis> =>
  unionAxes(axes).flatMap((axis) => (axis.tag === "time" ? [axis] : []));

const ownAxes = (term: Term): ReadonlyArray<TimeAxis> => {
  if (term.tag === "read") return term.places.flatMap((place) => (place.tag === "shift" ? [place.axis] : []));
  if (term.tag === "position") return [term.axis];
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

/** Whether what was reported already is part of a term. */
const _isWrong = (term: Term): boolean => term.tag === "wrong" || operandsOf(term).some(_isWrong);
