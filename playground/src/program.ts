/** What is worked on: a program of the language, and values of its model's static parameters. */
export interface Program {
  readonly source: string;
  readonly statics: Statics;
}

export type Statics = Readonly<Record<string, number | string>>;

/** The name that messages give the program. */
export const programFile = "model.rnn";

const pair = /(?<![^\s,])([\p{L}_][\p{L}\p{M}\d_']*)\s*=\s*([^\s,=]+)(?=[\s,]|$)/gu;

/** `n=64 C=LSTM`: blanks or commas between; a number, or the name of a cell or function. What is no such pair is left out. */
export const staticsIn = (text: string): Statics =>
  Object.fromEntries(
    [...text.matchAll(pair)].map(([, name, value]) => [name!, Number.isFinite(Number(value)) ? Number(value) : value!]),
  );

/** What in such a text is no pair, and so says nothing: what is given twice does not either, but for the last time. */
export const strayIn = (text: string): ReadonlyArray<string> => {
  const names = [...text.matchAll(pair)].map(([, name]) => name!);
  const again = [...new Set(names.filter((name, i) => names.indexOf(name) !== i))].map((name) => `${name} twice`);
  return [
    ...text
      .replaceAll(pair, " ")
      .split(/[\s,]+/)
      .filter((word) => word !== ""),
    ...again,
  ];
};

export const staticsText = (statics: Statics): string =>
  Object.entries(statics)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
