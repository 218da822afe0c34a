import { constants } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { DataError } from "./data-error.ts";

/** A text with the name of the file that it came from. */
export interface Document {
  readonly name: string;
  readonly text: string;
}

/** Reads text files; they must be UTF-8. Line ends become `\n`. */
export const readTexts: (paths: ReadonlyArray<string>) => E.Either<DataError, ReadonlyArray<Document>> =
  E.traverseArray((path) =>
    pipe(
      path,
      E.fromPredicate(fits, (): DataError => ({ tag: "tooLarge", path, most: mostBytes })),
      E.flatMap(readBytes),
      E.flatMap((bytes) => decodeUtf8(path, bytes)),
      E.map((text) => ({ name: path, text: text.replaceAll("\r\n", "\n") })),
    ),
  );

/** A text stands in memory as one string; of records none but the one that is asked for does. */
const mostBytes = constants.MAX_STRING_LENGTH;

const fits = (path: string): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) <= mostBytes;

const readBytes = (path: string): E.Either<DataError, Uint8Array> =>
  E.tryCatch(
    () => readFileSync(path === "-" ? 0 : path),
    (reason) => ({ tag: "unreadable", path, reason: (reason as NodeJS.ErrnoException).code ?? String(reason) }),
  );

const decodeUtf8 = (path: string, bytes: Uint8Array): E.Either<DataError, string> =>
  E.tryCatch(
    () => new TextDecoder("utf-8", { fatal: true }).decode(bytes),
    () => ({ tag: "notUtf8", path }),
  );
