import * as RA from "fp-ts/lib/ReadonlyArray.js";
import * as t from "io-ts";

/**
 * A bijection between characters (code points) and symbols 0..size-1.
 *
 * Invariant: the characters are distinct, and symbol 0 is `unknown`, which stands for every character that is not
 * among the others.
 */
export const Vocabulary = t.readonly(t.exact(t.type({ characters: t.readonlyArray(t.string) })), "Vocabulary");
export type Vocabulary = t.TypeOf<typeof Vocabulary>;

export const unknown = "\uFFFD";

/** The characters that occur at least `atLeast` times, in the order of their code points. */
export const vocabularyOf = (texts: Iterable<string>, atLeast = 1): Vocabulary => {
  const counts = new Map<string, number>();
  for (const text of texts) for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const frequent = [...counts].filter(([character, count]) => character !== unknown && count >= atLeast);
  const characters = frequent.map(([character]) => character).sort(byCodePoint);
  return { characters: [unknown, ...characters] };
};

export const sizeOf = (vocabulary: Vocabulary): number => vocabulary.characters.length;

/** The symbols of a text, one for each code point. */
export const encode = (vocabulary: Vocabulary): ((text: string) => Int32Array) => {
  const symbols = new Map(vocabulary.characters.map((character, symbol) => [character, symbol]));
  return (text) => Int32Array.from(text as Iterable<string>, (character) => symbols.get(character) ?? 0);
};

export const decode =
  (vocabulary: Vocabulary) =>
  (symbols: Iterable<number>): string =>
    RA.fromArray(Array.from(symbols, (symbol) => vocabulary.characters[symbol] ?? unknown)).join("");

const byCodePoint = (a: string, b: string): number => a.codePointAt(0)! - b.codePointAt(0)!;
