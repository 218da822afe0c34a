/** What is worked on: a program of the language, and values of its model's static parameters. */
export interface Program {
  readonly source: string;
  readonly statics: Statics;
}

export type Statics = Readonly<Record<string, number | string>>;

/** The name that messages give the program. */
export const programFile = "model.rnn";

/** `n=64 C=LSTM`: blanks or commas between; a number, or the name of a cell or function. What is no such pair is left out. */
export const staticsIn = (text: string): Statics =>
  Object.fromEntries(
    [...text.matchAll(/([\p{L}_][\p{L}\p{M}\d_']*)\s*=\s*([^\s,=]+)/gu)].map(([, name, value]) => [
      name!,
      Number.isFinite(Number(value)) ? Number(value) : value!,
    ]),
  );

export const staticsText = (statics: Statics): string =>
  Object.entries(statics)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
