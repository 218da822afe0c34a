/** A piece of source text, found without the grammar. `first`: it begins its line. */
export interface Token {
  readonly tag: "word" | "number" | "string" | "mark";
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly first: boolean;
}

/**
 * The tokens of any text whatever: for what must hold before the grammar may be matched (`limits.ts`), and for finding
 * where statements begin when it does not match (`recover.ts`). In a program that does match, no token spans two of the
 * grammar's.
 */
export const scan = (source: string): ReadonlyArray<Token> => {
  const tokens: Token[] = [];
  let first = true;
  for (const found of source.matchAll(pattern)) {
    if (found[0] === "\n" || found[0] === "\r") first = true;
    const tag = tags.find((name) => found.groups![name] !== undefined);
    if (tag === undefined) continue;
    tokens.push({ tag, text: found[0], start: found.index, end: found.index + found[0].length, first });
    first = false;
  }
  return tokens;
};

/** Whether a token is made of characters that the language has no use for. */
export const isForeign = ({ tag, text }: Token): boolean =>
  tag === "mark" && !/^[-+*/^@=~<>!()[\]{},;:.&|"']+$/.test(text);

export const isOpening = ({ tag, text }: Token): boolean => tag === "mark" && "([{".includes(text);
export const isClosing = ({ tag, text }: Token): boolean => tag === "mark" && ")]}".includes(text);

const tags = ["word", "number", "string", "mark"] as const;

const pattern = new RegExp(
  [
    String.raw`[\n\r]`,
    String.raw`[ \t\u00A0\uFEFF]+|//[^\n\r]*`,
    String.raw`(?<word>[\p{L}_][\p{L}\p{M}\d_']*)`,
    String.raw`(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)`,
    String.raw`(?<string>"[^"\n\r]*"?)`,
    String.raw`(?<mark>==|!=|<=|>=|->|\.\.|:=|\*\*|&&|\|\||[^])`,
  ].join("|"),
  "gu",
);
