import * as E from "fp-ts/lib/Either.js";
import type { Format, Style } from "./format.ts";
import { listsOf } from "./lists.ts";

/** A token on each line, its columns apart by tabs or spaces; an empty line between sequences (CoNLL). */
export const columns: Format = {
  description: "a token on each line in columns 1, 2, …, an empty line between sequences",
  cut: "blocks",
  hasHeader: false,
  hasOwnNames: false,
  styleOf: (text) => {
    const width = widthOf(linesOf(text));
    return width === undefined ? {} : { width };
  },
  isComment: (text, names, style) => tokensOf(text, names, style).lines.length === 0,
  read: (text, names, style) => {
    const { lines, width } = tokensOf(text, names, style);
    const rows = lines.map(({ line }) => cellsOf(line));
    const odd = rows.findIndex(({ length }) => length !== width);
    if (odd >= 0)
      return E.left({
        problem: `I expected ${width} columns, and found ${rows[odd]!.length} in \`${rows[odd]!.join(" ")}\``,
        after: lines[odd]!.after,
      });
    return E.right({
      fields: listsOf(names ?? Array.from({ length: width }, (_, i) => String(i + 1)), rows),
      lines: lines.map(({ after }) => after),
    });
  },
};

interface Line {
  readonly line: string;
  /** How many lines of the record are before it. */
  readonly after: number;
}

const linesOf = (text: string): ReadonlyArray<Line> =>
  text
    .split("\n")
    .map((line, after) => ({ line: line.trim(), after }))
    .filter(({ line }) => line !== "");

const cellsOf = (line: string): ReadonlyArray<string> => line.split(line.includes("\t") ? "\t" : /\s+/);

interface Tokens {
  readonly lines: ReadonlyArray<Line>;
  readonly width: number;
}

/**
 * The lines without the comments before the first token. A token may begin with `#`, or be it: what has as many columns
 * as the tokens of its block (of a block without any other lines, of its file) is one.
 */
const tokensOf = (text: string, names: ReadonlyArray<string> | undefined, style: Style): Tokens => {
  const lines = linesOf(text);
  const width = names?.length ?? widthOf(lines) ?? style.width;
  const areTabs = lines.some(({ line }) => line.includes("\t"));
  const first = lines.findIndex(({ line }) => !isComment(line, width, areTabs));
  const left = first < 0 ? [] : lines.slice(first);
  return { lines: left, width: width ?? (left[0] === undefined ? 0 : cellsOf(left[0].line).length) };
};

const widthOf = (lines: ReadonlyArray<Line>): number | undefined => {
  const plain = lines.find(({ line }) => !line.startsWith("#"));
  return plain === undefined ? undefined : cellsOf(plain.line).length;
};

/** `# sent_id = 1` and `# newdoc` of CoNLL-U, `#begin document (a)` of CoNLL-2012. */
const certain = /^#(?: ?[^\s=]+(?: [^\s=]+)? = | new(?:doc|par)\b|(?:begin|end) document\b)/;

const isComment = (line: string, width: number | undefined, areTabs: boolean): boolean =>
  certain.test(line) || (/^#(?: |$)/.test(line) && (areTabs ? line.split("\t") : cellsOf(line)).length !== width);
