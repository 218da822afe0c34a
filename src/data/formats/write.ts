import type { Told } from "../coding/decode.ts";
import type { Sample } from "../sample.ts";

/** What stands in the data of a sample, and what is said of it. */
export interface Answer {
  readonly sample: Sample;
  readonly told: Told;
}

/** How answers are written, by the endings of files' names; any other name has lines of JSON. */
const writers: Readonly<Record<string, (answers: ReadonlyArray<Answer>) => string>> = {
  csv: (answers) => table(answers, ",", quoted),
  tsv: (answers) => table(answers, "\t", (cell) => cell.replace(/[\t\r\n]+/g, " ")),
};

export const writtenAs = (path: string | undefined): ((answers: ReadonlyArray<Answer>) => string) =>
  writers[path?.split(".").at(-1) ?? ""] ?? linesOfJson;

const linesOfJson = (answers: ReadonlyArray<Answer>): string =>
  answers.map(({ sample, told }) => `${JSON.stringify({ ...ownFields(sample), ...told })}\n`).join("");

/** The fields of a record, or those of the rows of a series as lists. */
export const ownFields = ({ fields, rows, group }: Sample): Told => {
  if (fields !== undefined) return fields;
  const names = Object.keys(rows[0]!.fields);
  return {
    ...(group === undefined ? {} : { group }),
    ...Object.fromEntries(names.map((name) => [name, rows.map((row) => row.fields[name])])),
  };
};

/** A row for each record; of a series one for each of its rows, where what is said is one thing for each. */
const table = (answers: ReadonlyArray<Answer>, delimiter: string, cell: (text: string) => string): string => {
  const rows = answers.flatMap(rowsOf);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ""))]
    .map((cells) => `${cells.map(cell).join(delimiter)}\n`)
    .join("");
};

const rowsOf = ({ sample, told }: Answer): ReadonlyArray<Readonly<Record<string, string>>> => {
  const { fields, rows } = sample;
  const all = flattened(told);
  if (fields !== undefined) return [textsOf({ ...fields, ...all })];
  return rows.map((row, i) =>
    textsOf({
      ...row.fields,
      ...Object.fromEntries(
        Object.entries(all).map(([name, value]) => [
          name,
          Array.isArray(value)
            ? value.length === rows.length
              ? value[i]
              : i < value.length
                ? value[i]
                : ""
            : i === rows.length - 1
              ? value
              : "",
        ]),
      ),
    }),
  );
};

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
