/** The pictures of the README: the name of each, the command that draws it from the README's model, and what this is given. */
export const pictures: ReadonlyArray<readonly [name: string, command: string, ...words: ReadonlyArray<string>]> = [
  ["circuit", "show"],
  ["unfolded", "show", "--view", "unfolded", "--length", "T=3"],
  ["flow", "flow", "--length", "T=20"],
];
