/** What ends a record: a line's end, a line's end outside of quotes, or an empty line. */
export type Cut = "lines" | "quotedLines" | "blocks";

/** Where records stand in a file: bytes from `starts` to `ends`, on lines that are counted from 1. */
export interface Extents {
  readonly count: number;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly lines: Float64Array;
}

const newline = 0x0a;
const quote = 0x22;

/** Cuts bytes, given chunk by chunk, into records; what holds nothing but spaces is none. It keeps 24 bytes a record. */
export const extentsOf = (cut: Cut, chunks: Iterable<Uint8Array>): Extents => {
  const found = growing();
  let at = 0;
  let line = 1;
  let lineStart = 0;
  let start = 0;
  let startLine = 1;
  let isQuoted = false;
  let isEmpty = true;
  let isEmptyLine = true;
  const end = (): void => {
    if (!isEmpty) found.add(start, at, startLine);
    isEmpty = true;
  };
  const holds = (): void => {
    if (isEmpty) {
      start = lineStart;
      startLine = line;
    }
    isEmpty = false;
    isEmptyLine = false;
  };
  for (const chunk of chunks)
    for (const byte of chunk) {
      if (byte === newline) {
        if (cut === "blocks" ? isEmptyLine : !isQuoted) end();
        line++;
        lineStart = at + 1;
        isEmptyLine = true;
      } else if (!isBlank(byte, cut)) holds();
      if (byte === quote && cut === "quotedLines") isQuoted = !isQuoted;
      at++;
    }
  end();
  return found.done();
};

/** A tab ends a cell of a table, which may be empty. */
const isBlank = (byte: number, cut: Cut): boolean =>
  byte === 0x20 || byte === 0x0d || (byte === 0x09 && cut === "blocks");

const growing = () => {
  let room = 1024;
  let columns: readonly [Float64Array, Float64Array, Float64Array] = [
    new Float64Array(room),
    new Float64Array(room),
    new Float64Array(room),
  ];
  let count = 0;
  return {
    add: (...values: readonly [number, number, number]): void => {
      if (count === room) {
        room *= 2;
        const wider = (column: Float64Array): Float64Array => {
          const copy = new Float64Array(room);
          copy.set(column);
          return copy;
        };
        columns = [wider(columns[0]), wider(columns[1]), wider(columns[2])];
      }
      values.forEach((value, i) => {
        columns[i]![count] = value;
      });
      count++;
    },
    done: (): Extents => ({ count, starts: columns[0], ends: columns[1], lines: columns[2] }),
  };
};
