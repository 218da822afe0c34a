/** Rows of cells in columns; those from `numbers` on stand at the right of theirs. */
export const tableOf = (rows: ReadonlyArray<ReadonlyArray<string>>, numbers: number): ReadonlyArray<string> => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i < numbers ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join("  ")
      .trimEnd(),
  );
};
