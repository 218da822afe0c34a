/** What ends a record: a line's end, a line's end outside of quotes, or an empty line. */
export type Cut = "lines" | "quotedLines" | "blocks";

/** Where records stand in a file: bytes from `starts` to `ends`, on lines that are counted from 1. */
export interface Extents {
  readonly count: number;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly lines: Float64Array;
  /** Those blocks of which every line begins with `#`. */
  readonly hashed: ReadonlySet<number>;
}

const newline = 0x0a;
const quote = 0x22;
const hash = 0x23;
/** What a file may begin with that is no part of its text: a byte order mark. */
const mark = [0xef, 0xbb, 0xbf];

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
  let isHashed = true;
  const hashed = new Set<number>();
  const end = (): void => {
    if (!isEmpty) {
      const number = found.add(start, at, startLine);
      if (isHashed && cut === "blocks") hashed.add(number);
    }
    isEmpty = true;
    isHashed = true;
  };
  const holds = (byte: number): void => {
    if (isEmptyLine && byte !== hash) isHashed = false;
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
      } else if (!isBlank(byte, cut) && !(at < mark.length && byte === mark[at])) holds(byte);
      if (byte === quote && cut === "quotedLines") isQuoted = !isQuoted;
      at++;
    }
  end();
  return { ...found.done(), hashed };
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
    /** Gives its number. */
    add: (...values: readonly [number, number, number]): number => {
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
      return count++;
    },
    done: (): Omit<Extents, "hashed"> => ({ count, starts: columns[0], ends: columns[1], lines: columns[2] }),
  };
};
