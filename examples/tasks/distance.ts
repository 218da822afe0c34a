type Symbols = ReadonlyArray<number>;

/** Insertions, deletions and substitutions (Levenshtein 1966), for each symbol that should be there. */
export const errorRate = (found: ReadonlyArray<Symbols>, wanted: ReadonlyArray<Symbols>): number =>
  found.reduce((sum, symbols, i) => sum + distance(symbols, wanted[i]!), 0) /
  wanted.reduce((sum, { length }) => sum + length, 0);

/** The least number of insertions, deletions and substitutions that make the one of the other. */
export const distance = (from: Symbols, to: Symbols): number => {
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  from.forEach((symbol, i) => {
    const next = [i + 1];
    to.forEach((other, j) => {
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + Number(symbol !== other)));
    });
    row = next;
  });
  return row.at(-1)!;
};
