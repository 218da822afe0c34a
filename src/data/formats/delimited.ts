import { type CsvError, parse } from "csv-parse/sync";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { atFirst, type Format, type Misread, type Read } from "./format.ts";

/** Comma-separated values (RFC 4180); a header with more semicolons than commas says that semicolons separate. */
export const commaSeparated: Format = {
  description: "a table, its first line the names of its columns; commas or semicolons separate",
  cut: "quotedLines",
  hasHeader: true,
  hasOwnNames: false,
  styleOf: (header) => ({ delimiter: header.split(";").length > header.split(",").length ? ";" : "," }),
  read: (text, names, { delimiter = "," }) =>
    pipe(cellsOf(text, delimiter), E.mapLeft(atFirst), E.flatMap(fieldsOf(names))),
};

/** Tab-separated values: no quotes, as most files of text are. */
export const tabSeparated: Format = {
  description: "a table, its first line the names of its columns; tabs separate",
  cut: "lines",
  hasHeader: true,
  hasOwnNames: false,
  read: (text, names) => pipe(E.right(text.replace(/\r?\n?$/, "").split("\t")), E.flatMap(fieldsOf(names))),
};

const cellsOf = (text: string, delimiter: string): E.Either<string, ReadonlyArray<string>> =>
  E.tryCatch(
    () => (parse(text, { delimiter, relax_column_count: true }) as string[][])[0] ?? [],
    (error) => explained(error as CsvError),
  );

const explained = ({ code, message }: CsvError): string =>
  code === "CSV_QUOTE_NOT_CLOSED"
    ? "a quotation mark is opened and never closed"
    : code === "INVALID_OPENING_QUOTE" || code === "CSV_INVALID_CLOSING_QUOTE"
      ? 'a quotation mark stands inside a field: quote the whole field, and write each mark in it twice (`"so ""called"" it"`)'
      : message;

/** Without names, the cells are the names: this is the header. */
const fieldsOf =
  (names: ReadonlyArray<string> | undefined) =>
  (cells: ReadonlyArray<string>): E.Either<Misread, Read> => {
    if (names === undefined) return E.right({ fields: Object.fromEntries(cells.map((cell, i) => [i, cell])) });
    return cells.length === names.length
      ? E.right({ fields: Object.fromEntries(names.map((name, i) => [name, cells[i]!])) })
      : E.left(atFirst(`I expected ${names.length} fields (${names.join(", ")}), and found ${cells.length}`));
  };
