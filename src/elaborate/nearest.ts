/** The known name closest to `name`, if one is close: at most a third of its letters changed, added or left out. */
export const nearest = (name: string, known: ReadonlyArray<string>): string | undefined => {
  const limit = Math.max(1, Math.floor(name.length / 3));
  const ranked = known
    .map((other) => ({ other, distance: distance(name.toLowerCase(), other.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= limit ? best.other : undefined;
};

/** Levenshtein's distance, row by row. */
const distance = (a: string, b: string): number => {
  const first = Array.from({ length: b.length + 1 }, (_, j) => j);
  const last = [...a].reduce<ReadonlyArray<number>>((above, letter, i) => {
    const row = [i + 1];
    for (let j = 0; j < b.length; j += 1)
      row.push(Math.min(row[j]! + 1, above[j + 1]! + 1, above[j]! + (letter === b[j] ? 0 : 1)));
    return row;
  }, first);
  return last[b.length]!;
};
