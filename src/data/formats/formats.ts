import { columns } from "./columns.ts";
import { commaSeparated, tabSeparated } from "./delimited.ts";
import type { Format } from "./format.ts";
import { jsonLines } from "./json-lines.ts";
import { tagged } from "./tagged.ts";

/** What reads records, by the endings of files' names, in whatever case. A file of any other name is a text. */
export const formats = {
  jsonl: jsonLines,
  csv: commaSeparated,
  tsv: tabSeparated,
  conll: columns,
  tagged,
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as ReadonlyArray<FormatName>;

export const formatOf = (path: string): FormatName | undefined =>
  formatNames.find((name) => path.toLowerCase().endsWith(`.${name}`));
