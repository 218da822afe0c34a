/** So many links of a chain are taken apart: a product that is squared again and again has 2^n factors, and no end. */
const longestChain = 16;

/**
 * The parts of a chain such as `(a * b) * c`, from left to right: what `partsOf` takes apart no further, and what lies
 * beyond so many links. So the work is bounded whatever is shared, and nothing recurses as deep as a program.
 */
export const flattened = <A>(whole: A, partsOf: (part: A) => ReadonlyArray<A> | undefined): ReadonlyArray<A> => {
  const parts: A[] = [];
  const left = [whole];
  let links = 0;
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const inner = links < longestChain ? partsOf(next) : undefined;
    if (inner === undefined) parts.push(next);
    else {
      links += 1;
      left.push(...inner.toReversed());
    }
  }
  return parts;
};
