import type { Fields } from "../record.ts";

/** Columns of rows, by their names. */
export const listsOf = (names: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): Fields =>
  Object.fromEntries(names.map((name, i) => [name, rows.map((row) => row[i]!)]));
