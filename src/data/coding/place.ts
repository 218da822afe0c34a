import type { Sample } from "../sample.ts";
import type { DeclaredVariable } from "./declared.ts";
import { sharesAxis } from "./fields.ts";
import { firstRow, type Stretch } from "./values.ts";

/** Where in a file something stands. */
export interface Place {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
}

interface Reading {
  readonly declared: ReadonlyArray<DeclaredVariable>;
  readonly stretch: Stretch;
}

/** Of a series, or of a record that has several rows, where a row of it stands; otherwise where the sample does. */
export const placeOfRow = ({ path, line, rows, fields }: Sample, row: number | undefined): Place => {
  if (row === undefined) return { path, line };
  if (fields !== undefined) return { path, line: rows[0]?.lines?.[row] ?? line };
  const found = rows[row];
  return found === undefined ? { path, line } : { path: found.path, line: found.line };
};

/** The row from which a value of a variable is, if it is of one. */
export const rowOf = (
  { declared, stretch }: Reading,
  { rows, fields }: Sample,
  variable: DeclaredVariable,
  position: number | undefined,
): number | undefined => {
  const hasAxis = variable.axes.length > 0;
  if (fields !== undefined) return hasAxis ? position : undefined;
  const first = firstRow(rows.length, variable.axes.length, variable.role, sharesAxis(declared, variable), stretch);
  return hasAxis ? (position === undefined ? undefined : first + position) : first;
};

/** Where that stands of which a message begins with the place in its example, as `x[1]: …` does. */
export const placeTold = (reading: Reading, sample: Sample, message: string): Place => {
  const [, name, position] = /^([\p{L}\p{N}_']+)(?:\[(\d+)\])?/u.exec(message) ?? [];
  const variable = reading.declared.find((known) => known.name === name);
  const row =
    variable === undefined
      ? undefined
      : rowOf(reading, sample, variable, position === undefined ? position : Number(position));
  return placeOfRow(sample, row);
};
