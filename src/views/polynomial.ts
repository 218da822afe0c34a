import { type Size, times } from "../schedule/size.ts";

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

/** The value at given dims: the batch, then the greatest lengths. */
export const valueAt = (polynomial: Polynomial, dims: ReadonlyArray<number>): number =>
  polynomial.reduce((total, term) => total + term.dims.reduce((product, dim) => product * dims[dim]!, term.factor), 0);

/** `131072·B·T + 512·B`, the highest degree first. */
export const polynomialText = (polynomial: Polynomial, names: ReadonlyArray<string>): string =>
  polynomial
    .toSorted((a, b) => b.dims.length - a.dims.length || b.factor - a.factor)
    .map(({ factor, dims }) => {
      const variables = dims.map((dim) => names[dim]!);
      return [...(factor === 1 && variables.length > 0 ? [] : [String(factor)]), ...variables].join("·");
    })
    .join(" + ") || "0";
