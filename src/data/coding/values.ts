import type { Sample } from "../sample.ts";
import type { DeclaredVariable } from "./declared.ts";

/** What a sample holds for a variable: nothing interpreted, one value for each field that makes it. */
export type Given =
  | { readonly tag: "absent"; readonly field: string }
  /** The values of one field, or one list of them for each component. */
  | { readonly tag: "one"; readonly value: unknown }
  | { readonly tag: "several"; readonly values: ReadonlyArray<unknown> }
  | {
      readonly tag: "differs";
      readonly field: string;
      readonly values: readonly [unknown, unknown];
      readonly row: number;
    };

export interface Stretch {
  readonly window: number | undefined;
  readonly ahead: number;
}

/** The fields of a variable in a sample; `shares` tells whether an axis of it is one along which inputs are read. */
export const givenOf = (
  sample: Sample,
  { axes, role }: Pick<DeclaredVariable, "axes" | "role">,
  fields: ReadonlyArray<string>,
  shares: boolean,
  stretch: Stretch,
): Given => {
  const values = fields.map((field) => fieldOf(sample, field, axes.length, role, shares, stretch));
  const odd = values.find((value) => value.tag !== "one");
  if (odd !== undefined) return odd;
  const found = values.map((value) => (value as { readonly value: unknown }).value);
  return found.length === 1 ? { tag: "one", value: found[0] } : { tag: "several", values: found };
};

const fieldOf = (
  { fields, rows }: Sample,
  field: string,
  axes: number,
  role: DeclaredVariable["role"],
  shares: boolean,
  stretch: Stretch,
): Given => {
  const { window, ahead } = stretch;
  if (fields !== undefined)
    return Object.hasOwn(fields, field) ? { tag: "one", value: fields[field] } : { tag: "absent", field };
  if (rows.some((row) => !Object.hasOwn(row.fields, field))) return { tag: "absent", field };
  const all = rows.map((row) => row.fields[field]);
  if (window === undefined) return axes > 0 ? { tag: "one", value: all } : single(field, all);
  if (role === "input") return axes > 0 ? { tag: "one", value: all.slice(0, window) } : single(field, all);
  const isThere = all.length === window + ahead;
  if (!isThere) return { tag: "absent", field };
  const first = firstRow(all.length, axes, role, shares, stretch);
  return { tag: "one", value: axes === 0 ? all[first] : all.slice(first) };
};

/** From which of so many rows a variable has its values, or its first one. */
export const firstRow = (
  count: number,
  axes: number,
  role: DeclaredVariable["role"],
  shares: boolean,
  { window, ahead }: Stretch,
): number => {
  if (window === undefined || role === "input") return 0;
  return axes === 0 ? count - 1 : shares ? ahead : window;
};

/** A variable without an axis has one value, whatever row it stands in. */
const single = (field: string, all: ReadonlyArray<unknown>): Given => {
  const row = all.findIndex((value) => value !== all[0]);
  return row < 0 ? { tag: "one", value: all[0] } : { tag: "differs", field, values: [all[0], all[row]], row };
};

const absent: ReadonlySet<string> = new Set(["", "NA", "N/A", "NaN", "nan", "null", "NULL"]);

/** What stands where a symbol is missing: no word of a text does, whatever it is called, nor any that is quoted in JSON. */
export const isMissingSymbol = (value: unknown, axes: number, isTyped: boolean): boolean =>
  value === null || value === "" || (!isTyped && axes === 0 && isMissing(value));

/** What stands where nothing was measured. */
export const isMissing = (value: unknown): boolean =>
  value === null || (typeof value === "string" && absent.has(value.trim()));
