import { type Size, times } from "../loops/size.ts";

/** A sum of monomials in the run-time dimensions, as bytes and numbers of operations are: no two with the same dims. */
export type Polynomial = ReadonlyArray<Size>;

export const zero: Polynomial = [];

export const sum = (...polynomials: ReadonlyArray<Polynomial>): Polynomial => {
  const terms = new Map<string, Size>();
  for (const { factor, dims } of polynomials.flat()) {
    const before = terms.get(dims.join())?.factor ?? 0;
    terms.set(dims.join(), { factor: before + factor, dims });
  }
  return [...terms.values()].filter(({ factor }) => factor !== 0);
};

export const scaled = (polynomial: Polynomial, by: Size): Polynomial => sum(polynomial.map((term) => times(term, by)));

/** At least as great as each where no dim is 0; one of them, if that is as great as the others. */
export const greatest = (polynomials: ReadonlyArray<Polynomial>): Polynomial => {
  const most = polynomials.filter(
    (one, i) => !polynomials.some((other, j) => covers(other, one) && (j < i || !covers(one, other))),
  );
  const terms = new Map<string, Size>();
  for (const { factor, dims } of most.flat())
    terms.set(dims.join(), { factor: Math.max(factor, terms.get(dims.join())?.factor ?? 0), dims });
  return [...terms.values()];
};

/** Whether the terms of one have, as parts of terms of the other, room there. */
const covers = (large: Polynomial, small: Polynomial): boolean => {
  const room = large.map(({ factor }) => factor);
  return small.toSorted(byDegree).every(({ factor, dims }) => {
    let rest = factor;
    large.forEach((term, i) => {
      if (!isPart(dims, term.dims)) return;
      const taken = Math.min(rest, room[i]!);
      room[i]! -= taken;
      rest -= taken;
    });
    return rest === 0;
  });
};

const isPart = (dims: ReadonlyArray<number>, of: ReadonlyArray<number>): boolean =>
  [...new Set(dims)].every((dim) => count(dims, dim) <= count(of, dim));

const count = (dims: ReadonlyArray<number>, dim: number): number => dims.filter((other) => other === dim).length;

const byDegree = (a: Size, b: Size): number => b.dims.length - a.dims.length || b.factor - a.factor;

/** The value at given dims: the batch, then the greatest lengths. */
export const valueAt = (polynomial: Polynomial, dims: ReadonlyArray<number>): number =>
  polynomial.reduce((total, term) => total + term.dims.reduce((product, dim) => product * dims[dim]!, term.factor), 0);

/** `131072·B·T + 512·B`, the highest degree first. */
export const polynomialText = (polynomial: Polynomial, names: ReadonlyArray<string>): string =>
  polynomial
    .toSorted(byDegree)
    .map(({ factor, dims }) => {
      const variables = dims.map((dim) => names[dim]!);
      return [...(factor === 1 && variables.length > 0 ? [] : [String(factor)]), ...variables].join("·");
    })
    .join(" + ") || "0";
