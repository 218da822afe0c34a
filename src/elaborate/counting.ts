import type { Model } from "../circuit/model.ts";
import type { Problem } from "./problem.ts";
import { termsIn, termsOf } from "./reachable.ts";
import type { Shapes } from "./shape/infer.ts";
import { type Shape, sizesOf } from "./shape/shape.ts";
import type { Component, System, Term, Variable } from "./system.ts";
import { partsOf } from "./term.ts";

/** What an equation counts exists: every component at every position of the axis that counts it, from 1 to n. */
export const countingProblems = (system: System, shapes: Shapes): ReadonlyArray<Problem> =>
  termsOf(system).flatMap(({ term, within }) => problemsIn(term, shapes).map((problem) => ({ ...problem, within })));

const problemsIn = (term: Term, shapes: Shapes): ReadonlyArray<Problem> =>
  partsOf(term).flatMap((part) => {
    const counted = countedIn(part, shapes);
    return counted === undefined ? [] : outOfRange(counted);
  });

/** A count, and how many there are, if that is known. */
interface Counted {
  readonly index: Component;
  readonly size: number | undefined;
}

const countedIn = (term: Term, shapes: Shapes): Counted | undefined => {
  if (term.tag === "component") return { index: term.index, size: sizeOf(shapes.ofTerm(term.table)) };
  return term.tag === "unit" ? { index: term.index, size: sizeOf(shapes.ofTerm(term)) } : undefined;
};

const sizeOf = (shape: Shape): number | undefined => {
  const [size] = sizesOf(shape);
  return size?.tag === "known" ? size.value : undefined;
};

const outOfRange = ({ index, size }: Counted): ReadonlyArray<Problem> => {
  const { first, last } = rangeOf(index);
  const isWhole = Number.isSafeInteger(first);
  if (isWhole && first >= 1 && (size === undefined || Math.max(first, last ?? first) <= size)) return [];
  const axis = index.tag === "axis" ? { axis: index.axis.key } : {};
  return [
    {
      tag: "noComponent",
      span: index.span,
      first,
      ...(last === undefined ? {} : { last }),
      ...(size === undefined ? {} : { size }),
      ...axis,
    },
  ];
};

/** The first and the last component that is counted; the last is not known where a length is not. */
const rangeOf = (index: Component): { readonly first: number; readonly last?: number } => {
  if (index.tag === "number") return { first: index.value, last: index.value };
  const { extent } = index.axis;
  return { first: 1 + index.by, ...(extent.tag === "fixed" ? { last: extent.size + index.by } : {}) };
};

/** The greatest length of each run-time axis that counts components: no example may be longer. */
export const lengthLimits = (system: System, shapes: Shapes, built: ReadonlyArray<string>): Model["limits"] => {
  const limits = new Map<string, Model["limits"][number]>();
  const variables = built.map((path): Variable => system.variables.get(path)!);
  const terms = [...variables.flatMap(({ meaning }) => termsIn(meaning)), ...system.minimized];
  for (const term of terms.flatMap(partsOf)) {
    const { index, size } = countedIn(term, shapes) ?? {};
    if (index?.tag !== "axis" || index.axis.extent.tag === "fixed" || size === undefined) continue;
    const { axis, by } = index;
    limits.set(axis.key, { axis, most: Math.min(size - by, limits.get(axis.key)?.most ?? Number.POSITIVE_INFINITY) });
  }
  return [...limits.values()];
};
