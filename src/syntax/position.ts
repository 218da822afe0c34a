/** A place as people and editors count: from 1, the column in characters (code points). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The place of an offset; beyond the end it is the end. A line ends with LF, CR LF or CR. */
export const lineColumn = (source: string, offset: number): Position => {
  const before = source.slice(0, offset).split(lineEnd(offset, source));
  return { line: before.length, column: [...before.at(-1)!].length + 1 };
};

/** A line of a source: its text without the end, and the offset where it starts. */
export interface Line {
  readonly text: string;
  readonly start: number;
}

export const linesOf = (source: string): ReadonlyArray<Line> => {
  const ends = [...source.matchAll(/\r\n|\n|\r/g)];
  const starts = [0, ...ends.map((end) => end.index + end[0].length)];
  return starts.map((start, i) => ({ text: source.slice(start, ends[i]?.index ?? source.length), start }));
};

/** Between the two halves of a CR LF one is still on the line that they end. */
const lineEnd = (offset: number, source: string): RegExp =>
  source[offset - 1] === "\r" && source[offset] === "\n" ? /\r\n|\n|\r(?!$)/ : /\r\n|\n|\r/;
