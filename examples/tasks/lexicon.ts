/** Words as symbols, in the order in which they are listed. */
export interface Lexicon {
  readonly words: ReadonlyArray<string>;
  readonly size: number;
  readonly symbol: (word: string) => number;
  readonly symbols: (words: ReadonlyArray<string>) => ReadonlyArray<number>;
}

/** `others` is the symbol of a word that is not listed; without it, every word must be. */
export const lexiconOf = (words: Iterable<string>, others?: (word: string) => string): Lexicon => {
  const places = new Map([...new Set(words)].map((word, place) => [word, place]));
  const symbol = (word: string): number => {
    const place = places.get(word) ?? (others === undefined ? undefined : places.get(others(word)));
    if (place === undefined) throw new Error(`"${word}" is not in the lexicon`);
    return place;
  };
  return { words: [...places.keys()], size: places.size, symbol, symbols: (all) => all.map(symbol) };
};

export const wordsOf = (sentence: string): ReadonlyArray<string> => sentence.split(" ");
