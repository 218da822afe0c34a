/** The pictures of the README: the name of each, and what `rnnc show` is given to draw it from the README's model. */
export const pictures: ReadonlyArray<readonly [name: string, ...words: ReadonlyArray<string>]> = [
  ["circuit"],
  ["unfolded", "--view", "unfolded", "--length", "T=3"],
];
