/**
 * The name of a length that no caller gives: how many blocks of so many positions the longest sequence has. It is the same
 * in all examples.
 */
export const blockCountName = (of: string, size: number): string => `⌈${of}/${size}⌉`;

/** What is counted in blocks, and how many positions each has; undefined of a length that a caller gives. */
export const blockCountOf = (name: string): { readonly of: string; readonly size: number } | undefined => {
  const [, of, size] = /^⌈(.*)\/(\d+)⌉$/.exec(name) ?? [];
  return of === undefined ? undefined : { of, size: Number(size) };
};

/** The greatest length of that name, by those that a caller gives. */
export const longestOf = (longest: Readonly<Record<string, number>>, name: string): number | undefined => {
  const counted = blockCountOf(name);
  if (counted === undefined) return longest[name];
  const length = longest[counted.of];
  return length === undefined ? undefined : Math.ceil(length / counted.size);
};
