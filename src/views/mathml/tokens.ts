/** A piece of LaTeX's mathematics; `raw` is what stands in `\text`, `\mathrm` and their like, with its blanks. */
export type Token =
  | { readonly tag: "command"; readonly name: string }
  | { readonly tag: "raw"; readonly command: string; readonly text: string }
  | { readonly tag: "number"; readonly text: string }
  | { readonly tag: "mark"; readonly text: string };

/** The commands whose argument is text. */
const texts = "text|mathrm|mathcal|operatorname\\*?|mathbf";

const pattern = new RegExp(
  [
    `\\\\(?<raw>${texts})\\{(?<text>(?:\\\\.|[^{}\\\\])*)\\}`,
    String.raw`\\(?<environment>begin|end)\{(?<named>\w+\*?)\}`,
    String.raw`\\(?<command>[A-Za-z]+|.)`,
    String.raw`(?<number>\d+(?:\.\d+)?)`,
    String.raw`(?<mark>\S\p{M}*)`,
  ].join("|"),
  "gsu",
);

export const tokensOf = (latex: string): ReadonlyArray<Token> =>
  [...latex.matchAll(pattern)].map(({ groups = {} }): Token => {
    const { raw, text, environment, named, command, number, mark } = groups;
    if (raw !== undefined) return { tag: "raw", command: raw, text: unescaped(text ?? "") };
    if (environment !== undefined) return { tag: "command", name: `${environment} ${named}` };
    if (command !== undefined) return { tag: "command", name: command };
    return number !== undefined ? { tag: "number", text: number } : { tag: "mark", text: mark! };
  });

/** Text as it is read: `arg\,max`, `a\_b`. */
const unescaped = (text: string): string =>
  text
    .replaceAll("\\backslash ", "\\\\")
    .replaceAll("\\sim ", "~")
    .replaceAll("\\hat{} ", "^")
    .replaceAll(/\\,/g, " ")
    .replaceAll(/\\(.)/g, "$1");
