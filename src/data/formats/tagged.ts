import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Fields } from "../record.ts";
import type { Format } from "./format.ts";

/** A token on each line, its columns apart by tabs or spaces; an empty line between sequences (CoNLL). */
export const columns: Format = {
  description: "a token on each line in columns 1, 2, …, an empty line between sequences",
  cut: "blocks",
  hasHeader: false,
  read: (text, names) => {
    const rows = text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => line.split(line.includes("\t") ? "\t" : /\s+/));
    const width = names?.length ?? rows[0]?.length ?? 0;
    const odd = rows.find(({ length }) => length !== width);
    return odd === undefined
      ? E.right(listsOf(names ?? Array.from({ length: width }, (_, i) => String(i + 1)), rows))
      : E.left(`I expected ${width} columns, and found ${odd.length} in \`${odd.join(" ")}\``);
  },
};

/** A sentence on each line, a tag after the last slash of each word, as the Brown corpus has them: `The/at jury/nn`. */
export const tagged: Format = {
  description: "a sentence on each line as `word/tag word/tag`, in fields word and tag",
  cut: "lines",
  hasHeader: false,
  read: (text) =>
    pipe(
      text.trim().split(/\s+/),
      E.traverseArray((token) => {
        const slash = token.lastIndexOf("/");
        return slash > 0 && slash < token.length - 1
          ? E.right([token.slice(0, slash), token.slice(slash + 1)])
          : E.left(`I expected a word and its tag, as in \`jury/nn\`, and found \`${token}\``);
      }),
      E.map((pairs) => listsOf(["word", "tag"], pairs)),
    ),
};

/** Columns of rows, by their names. */
const listsOf = (names: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): Fields =>
  Object.fromEntries(names.map((name, i) => [name, rows.map((row) => row[i]!)]));
