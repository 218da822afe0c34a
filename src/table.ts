/** Rows of cells in columns as wide as their letters; those from `numbers` on stand at the right of theirs. */
export const tableOf = (
  rows: ReadonlyArray<ReadonlyArray<string>>,
  numbers = Number.POSITIVE_INFINITY,
): ReadonlyArray<string> => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => lettersIn(row[column]!))));
  return rows.map((row) =>
    row
      .map((cell, i) => {
        const space = " ".repeat(widths[i]! - lettersIn(cell));
        return i < numbers ? cell + space : space + cell;
      })
      .join("  ")
      .trimEnd(),
  );
};

const lettersIn = (text: string): number => Array.from(text).length;
