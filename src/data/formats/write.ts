import type { Told } from "../coding/decode.ts";
import type { Sample } from "../sample.ts";

/** What stands in the data of a sample, and what is said of it. */
export interface Answer {
  readonly sample: Sample;
  readonly told: Told;
}

/** The text of the answers that come next; `fields` are the names of all that stand in the data. */
type Writer = (fields: () => ReadonlyArray<string>) => (answers: ReadonlyArray<Answer>) => string;

/** How answers are written, by the endings of files' names; any other name has lines of JSON. */
const writers: Readonly<Record<string, Writer>> = {
  csv: (fields) => table(fields, ",", quoted),
  tsv: (fields) => table(fields, "\t", (cell) => cell.replace(/[\t\r\n]+/g, " ")),
};

/** A new writer, which is given the answers part by part. */
export const writtenAs = (path: string | undefined): Writer => writers[path?.split(".").at(-1) ?? ""] ?? linesOfJson;

const linesOfJson: Writer = () => (answers) =>
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

/**
 * A row for each record; of a series one for each of its rows, where what is said is one thing for each. What is said has
 * the same names of all, so the first answers tell them.
 */
const table = (
  fields: () => ReadonlyArray<string>,
  delimiter: string,
  cell: (text: string) => string,
): ((answers: ReadonlyArray<Answer>) => string) => {
  let names: ReadonlyArray<string> | undefined;
  return (answers) => {
    const rows = answers.flatMap(rowsOf);
    const head = names === undefined;
    names ??= [...new Set([...fields(), ...rows.flatMap((row) => Object.keys(row))])];
    const cells = rows.map((row) => names!.map((name) => row[name] ?? ""));
    return [...(head ? [names] : []), ...cells].map((texts) => `${texts.map(cell).join(delimiter)}\n`).join("");
  };
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
