import { cellOf } from "../equations/cell.ts";

/**
 * Names as they are known inside a cell: `z[t]` for `enc.z[t]`. A cell one of whose names is then also that of something
 * else keeps its names in full.
 */
export const shortNames = (names: ReadonlyArray<string>): InCell => {
  const all = new Set(names);
  const short = new Set(
    [...new Set(names.map(cellOf))].filter(
      (cell) => cell !== "" && names.every((name) => cellOf(name) !== cell || !all.has(name.slice(cell.length + 1))),
    ),
  );
  return (cell) => (text) => (short.has(cell) ? text.split(`${cell}.`).reduce(joined(cell)) : text);
};

/** A text as it reads inside a cell. */
export type InCell = (cell: string) => (text: string) => string;

/** Joins what stood before a cell's name with what came behind it; a longer name that merely ends so is kept. */
const joined =
  (cell: string) =>
  (before: string, behind: string): string =>
    /[\p{L}\p{M}\d_'.]$/u.test(before) ? `${before}${cell}.${behind}` : before + behind;
