import type { Vocabulary } from "./coding/coding.ts";
import { tokensOf } from "./coding/tokens.ts";
import { detokenise } from "./detokenise.ts";

/** How texts are cut into tokens. */
export type Cutting = Pick<Vocabulary, "tokens" | "lower">;

const byCharacters: Cutting = { tokens: "chars", lower: false };

export const unknown = "\uFFFD";

/** Which symbol of every vocabulary it is. */
export const unknownSymbol = 0;

/** The tokens that occur at least `atLeast` times, in the order of their code points. */
export const vocabularyOf = (texts: Iterable<string>, atLeast = 1, cutting = byCharacters): Vocabulary => {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const token of tokensOf(cutting.tokens, cutting.lower, text)) counts.set(token, (counts.get(token) ?? 0) + 1);
  const frequent = [...counts].filter(([token, count]) => token !== unknown && count >= atLeast);
  const entries = frequent.map(([token]) => token).sort(byCodePoint);
  return { ...cutting, entries: [unknown, ...entries] };
};

export const sizeOf = (vocabulary: Vocabulary): number => vocabulary.entries.length;

/** The symbols of a text, one for each token. */
export const encode = ({ entries, tokens, lower }: Vocabulary): ((text: string) => Int32Array) => {
  const symbols = new Map(entries.map((entry, symbol) => [entry, symbol]));
  return (text) => Int32Array.from(tokensOf(tokens, lower, text), (token) => symbols.get(token) ?? unknownSymbol);
};

export const decode =
  ({ entries, tokens }: Vocabulary) =>
  (symbols: Iterable<number>): string => {
    const found = Array.from(symbols, (symbol) => entries[symbol] ?? unknown);
    return tokens === "chars" ? found.join("") : detokenise(found).replace(/ ?\n ?/g, "\n");
  };

const byCodePoint = (a: string, b: string): number => {
  const [left, right] = [Array.from(a), Array.from(b)];
  const at = left.findIndex((character, i) => character !== right[i]);
  return at < 0 ? left.length - right.length : (left[at]!.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1);
};
