import type { Told } from "../coding/decode.ts";
import type { Place } from "../coding/places.ts";
import type { Sample } from "../sample.ts";

/** What stands in the data of a sample, and what is said of it. */
export interface Answer {
  readonly sample: Sample;
  readonly told: Told;
}

/** What a table is laid out by. */
export interface Layout {
  /** The names of all that stand in the data. */
  readonly fields: () => ReadonlyArray<string>;
  /** The field that tells which series a row is of. */
  readonly group: string | undefined;
  readonly placeOf: (name: string) => Place;
}

/** The text of the answers that come next. */
type Writer = (layout: Layout) => (answers: ReadonlyArray<Answer>) => string;

/** How answers are written. */
const writers = {
  jsonl: (): ReturnType<Writer> => linesOfJson,
  csv: (layout: Layout) => table(layout, ",", quoted),
  tsv: (layout: Layout) => table(layout, "\t", (cell) => cell.replace(/[\t\r\n]+/g, " ")),
} as const satisfies Readonly<Record<string, Writer>>;

export type WriterName = keyof typeof writers;

/** The names under which what is told of an example is written, its own and those of columns that are made of it. */
export const namesIn =
  (writer: WriterName): ((told: Told) => ReadonlyArray<string>) =>
  (told) => [...Object.keys(told), ...(writer === "jsonl" ? [] : Object.keys(flattened(told)))];

/** A new writer, which is given the answers part by part. */
export const writtenAs = (writer: WriterName): Writer => writers[writer];

const linesOfJson: ReturnType<Writer> = (answers) =>
  answers.map(({ sample, told }) => `${JSON.stringify({ ...ownFields(sample), ...told })}\n`).join("");

/** The fields of a record, or those of the rows of a series as lists. */
const ownFields = ({ fields, rows, group }: Sample): Told => {
  if (fields !== undefined) return fields;
  const names = Object.keys(rows[0]!.fields);
  return {
    ...(group === undefined ? {} : { group }),
    ...Object.fromEntries(names.map((name) => [name, rows.map((row) => row.fields[name])])),
  };
};

/**
 * A row for each record; of a series one for each of its rows, then one for each row after it that something is said of.
 * What is said of the whole stands in the last row of the series. What is said has the same names of all, so the first
 * answers tell them.
 */
const table = (
  layout: Layout,
  delimiter: string,
  cell: (text: string) => string,
): ((answers: ReadonlyArray<Answer>) => string) => {
  let names: ReadonlyArray<string> | undefined;
  return (answers) => {
    const rows = answers.flatMap(rowsOf(layout));
    const head = names === undefined;
    names ??= [...new Set([...layout.fields(), ...rows.flatMap((row) => Object.keys(row))])];
    const cells = rows.map((row) => names!.map((name) => row[name] ?? ""));
    return [...(head ? [names] : []), ...cells].map((texts) => `${texts.map(cell).join(delimiter)}\n`).join("");
  };
};

type Row = Readonly<Record<string, string>>;

const rowsOf =
  ({ group, placeOf }: Layout) =>
  ({ sample, told }: Answer): ReadonlyArray<Row> => {
    const { fields, rows } = sample;
    const all = flattened(told);
    if (fields !== undefined) return [textsOf({ ...fields, ...all })];
    const said = Object.entries(all).map(([name, value]) => ({
      name,
      value,
      place: placed(placeOf(name), value, rows),
    }));
    const at = (place: Place, i: number): Told =>
      Object.fromEntries(said.filter((one) => one.place === place).map(({ name, value }) => [name, entryAt(value, i)]));
    const whole = Object.fromEntries(
      said.flatMap(({ name, value, place }) => (place === "whole" ? [[name, value]] : [])),
    );
    const own = group === undefined ? {} : { [group]: rows[0]!.fields[group] };
    const following = Math.max(0, ...said.map(({ value, place }) => (place === "following" ? lengthOf(value) : 0)));
    return [
      ...rows.map((row, i) => textsOf({ ...row.fields, ...at("rows", i), ...(i === rows.length - 1 ? whole : {}) })),
      ...Array.from({ length: following }, (_, i) => textsOf({ ...own, ...at("following", i) })),
    ];
  };

/** Beside rows stands only what has a value for each of them. */
const placed = (place: Place, value: unknown, rows: ReadonlyArray<unknown>): Place =>
  !Array.isArray(value) || (place === "rows" && value.length !== rows.length) ? "whole" : place;

const entryAt = (value: unknown, i: number): unknown => (value as ReadonlyArray<unknown>)[i];

const lengthOf = (value: unknown): number => (value as ReadonlyArray<unknown>).length;

/** Names of symbols become columns: `p` of english and greek is `p.english`, `p.greek`. */
const flattened = (told: Told): Told =>
  Object.fromEntries(
    Object.entries(told).flatMap(([name, value]): ReadonlyArray<readonly [string, unknown]> => {
      const [first] = Array.isArray(value) ? value : [value];
      if (first === null || typeof first !== "object" || Array.isArray(first)) return [[name, value]];
      return Object.keys(first).map((key) => [
        `${name}.${key}`,
        Array.isArray(value) ? value.map((part) => part[key]) : (value as Told)[key],
      ]);
    }),
  );

const textsOf = (row: Told): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, textOf(value)]));

const textOf = (value: unknown): string =>
  Array.isArray(value) && value.every((part) => typeof part !== "object")
    ? value.join(" ")
    : typeof value === "object" && value !== null
      ? JSON.stringify(value)
      : String(value ?? "");

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
