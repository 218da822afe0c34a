/**
 * A level for each row: above the rows that it reads, those that read nothing just below their readers. Rows that read
 * each other in a circle have the edges left out that close it.
 */
export const levelsOf = (
  rows: ReadonlyArray<string>,
  reads: (row: string) => ReadonlyArray<string>,
): ReadonlyMap<string, number> => {
  const levels = new Map<string, number>();
  const open = new Set<string>();
  const place = (row: string): number => {
    const known = levels.get(row);
    if (known !== undefined) return known;
    open.add(row);
    const below = reads(row).filter((read) => !open.has(read));
    const level = Math.max(-1, ...below.map(place)) + 1;
    open.delete(row);
    levels.set(row, level);
    return level;
  };
  for (const row of rows) place(row);
  const lowestReader = (row: string): number =>
    Math.min(...rows.filter((other) => other !== row && reads(other).includes(row)).map((other) => levels.get(other)!));
  for (const row of rows) {
    const above = reads(row).length === 0 ? lowestReader(row) : Number.POSITIVE_INFINITY;
    if (Number.isFinite(above)) levels.set(row, Math.max(above - 1, 0));
  }
  return levels;
};
