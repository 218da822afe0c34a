import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { chunksOf } from "../chunks.ts";
import type { DataError } from "../data-error.ts";
import { chosenOf, type DataRecord, type Listed } from "../record.ts";
import { type Extents, extentsOf } from "./cut.ts";
import { atFirst, type Format, type Misread, type Style } from "./format.ts";
import { type FormatName, formatOf, formats } from "./formats.ts";

/** How the files of a run are read. */
export interface Reading {
  /** By default each file's ending tells. */
  readonly format?: FormatName | undefined;
  /** Names of the columns, of files that do not begin with them. */
  readonly columns?: ReadonlyArray<string> | undefined;
}

/** A larger file stays on its disk, and a record is read when it is asked for. */
const mostInMemory = 64 * 2 ** 20;

/** The records of a file; `-` is standard input. */
export const openRecords = (path: string, reading: Reading = {}): E.Either<DataError, Listed<DataRecord>> => {
  const format: Format = formats[reading.format ?? formatOf(path) ?? "jsonl"];
  return pipe(
    openBytes(path),
    E.flatMap(({ chunks, slice }) => {
      const extents = extentsOf(format.cut, chunks());
      const { count, starts, ends, lines } = extents;
      const textAt = (index: number): E.Either<DataError, string> =>
        decoded(path, lines[index]!, slice(starts[index]!, ends[index]!));
      const hasHeader = format.hasHeader && reading.columns === undefined;
      const first = hasHeader ? 1 : 0;
      if (count === 0) return E.right({ count: 0, at: () => E.left(emptyFile(path)) });
      return pipe(
        hasHeader || format.styleOf !== undefined ? textAt(firstPlain(extents)) : E.right(""),
        E.bindTo("header"),
        E.let("style", ({ header }) => format.styleOf?.(header) ?? {}),
        E.bind("names", ({ header, style }) =>
          hasHeader ? namesIn(format, path, lines[0]!, header, style) : E.right(reading.columns),
        ),
        E.map(({ names, style }) => {
          const isRecord = (index: number): boolean =>
            !extents.hashed.has(index) ||
            pipe(
              textAt(index),
              E.match(
                () => true,
                (text) => format.isComment?.(text, names, style) !== true,
              ),
            );
          const at = (index: number): E.Either<DataError, DataRecord> =>
            pipe(
              textAt(index),
              E.flatMap((text) => recordOf(format, path, lines[index]!, text, names, style)),
            );
          return withoutHeader({ count, at }, first, extents.hashed.size === 0 ? undefined : isRecord);
        }),
      );
    }),
  );
};

/** The first record that is not all comments. */
const firstPlain = ({ count, hashed }: Extents): number => {
  let index = 0;
  while (index < count - 1 && hashed.has(index)) index++;
  return index;
};

const withoutHeader = (
  all: Listed<DataRecord>,
  first: number,
  isRecord: ((index: number) => boolean) | undefined,
): Listed<DataRecord> => {
  if (isRecord === undefined) return { count: all.count - first, at: (index) => all.at(index + first) };
  const indices = new Int32Array(all.count - first);
  let count = 0;
  for (let index = first; index < all.count; index++) if (isRecord(index)) indices[count++] = index;
  return chosenOf(all, indices.subarray(0, count));
};

const recordOf = (
  format: Format,
  path: string,
  line: number,
  text: string,
  names: ReadonlyArray<string> | undefined,
  style: Style,
): E.Either<DataError, DataRecord> =>
  pipe(
    format.read(text, names, style),
    E.bimap(malformed(path, line), ({ fields, lines }) => ({
      path,
      line,
      fields,
      isTyped: format.isTyped === true,
      ...(lines === undefined ? {} : { lines: lines.map((after) => line + after) }),
    })),
  );

const namesIn = (
  format: Format,
  path: string,
  line: number,
  header: string,
  style: { readonly delimiter?: string },
): E.Either<DataError, ReadonlyArray<string>> =>
  pipe(
    format.read(header, undefined, style),
    E.map(({ fields }) => Object.values(fields).map((name) => String(name).trim())),
    E.filterOrElse(
      (names) => new Set(names).size === names.length && !names.includes(""),
      (names) =>
        atFirst(
          `I expected the names of the columns, each another, and found ${names.join(", ")}; --columns names them`,
        ),
    ),
    E.mapLeft(malformed(path, line)),
  );

const malformed =
  (path: string, line: number) =>
  ({ problem, after }: Misread): DataError => ({ tag: "malformedLine", path, line: line + after, problem });

const emptyFile = (path: string): DataError => ({ tag: "noExamples", path });

const decoded = (path: string, line: number, bytes: Uint8Array): E.Either<DataError, string> =>
  E.tryCatch(
    // The decoder leaves a byte order mark out.
    () => new TextDecoder("utf-8", { fatal: true }).decode(bytes),
    () => malformed(path, line)(atFirst("this is not UTF-8 text")),
  );

interface Bytes {
  readonly chunks: () => Iterable<Uint8Array>;
  readonly slice: (start: number, end: number) => Uint8Array;
}

const openBytes = (path: string): E.Either<DataError, Bytes> =>
  E.tryCatch(
    () => {
      if (path === "-") return bytesOf(readFileSync(0));
      const file = openSync(path, "r");
      const { size } = fstatSync(file);
      if (size > mostInMemory) return fileBytes(file);
      try {
        return bytesOf(readFileSync(file));
      } finally {
        closeSync(file);
      }
    },
    (reason) => ({ tag: "unreadable", path, reason: (reason as NodeJS.ErrnoException).code ?? String(reason) }),
  );

const bytesOf = (bytes: Uint8Array): Bytes => ({
  chunks: () => [bytes],
  slice: (start, end) => bytes.subarray(start, end),
});

/** The file stays open for as long as the process reads from it. */
const fileBytes = (file: number): Bytes => ({
  chunks: () => chunksOf(file),
  slice: (start, end) => {
    const bytes = new Uint8Array(end - start);
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(file, bytes, at, bytes.length - at, start + at);
      if (read === 0) break;
      at += read;
    }
    return bytes;
  },
});
