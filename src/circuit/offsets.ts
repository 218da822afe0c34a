/** Where parts of these sizes begin that are laid end to end, and at last where all of them end. */
export const startsOf = (sizes: ReadonlyArray<number>): ReadonlyArray<number> =>
  Array.from({ length: sizes.length + 1 }, (_, i) => sizes.slice(0, i).reduce((total, size) => total + size, 0));
