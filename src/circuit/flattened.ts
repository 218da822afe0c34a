/** So many links of a chain are taken apart: a product that is squared again and again has 2^n factors, and no end. */
const longestChain = 16;

/** A chain such as `(a * b) * c` taken apart: its parts from left to right, and the links that held them together. */
export interface Chain<A> {
  readonly parts: ReadonlyArray<A>;
  readonly links: ReadonlyArray<A>;
}

/**
 * Parts are what `partsOf` takes apart no further, and what lies beyond so many links. So the work is bounded whatever is
 * shared, and nothing recurses as deep as a program.
 */
export const chainOf = <A>(whole: A, partsOf: (part: A) => ReadonlyArray<A> | undefined): Chain<A> => {
  const parts: A[] = [];
  const links: A[] = [];
  const left = [whole];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const inner = links.length < longestChain ? partsOf(next) : undefined;
    if (inner === undefined) parts.push(next);
    else {
      links.push(next);
      left.push(...inner.toReversed());
    }
  }
  return { parts, links };
};

/** The parts alone. */
export const flattened = <A>(whole: A, partsOf: (part: A) => ReadonlyArray<A> | undefined): ReadonlyArray<A> =>
  chainOf(whole, partsOf).parts;
