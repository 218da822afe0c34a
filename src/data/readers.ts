import { readFileSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Example } from "../runtime/interface.ts";
import type { DataError } from "./data-error.ts";
import type { ExampleReader } from "./example-reader.ts";
import { jsonLines } from "./json-lines.ts";

/** What reads examples, by the endings of files' names. A file of any other name is a text. */
export const exampleReaders = { ".jsonl": jsonLines } as const satisfies Readonly<Record<string, ExampleReader>>;

export type ExampleEnding = keyof typeof exampleReaders;

export const exampleEndings = Object.keys(exampleReaders) as ReadonlyArray<ExampleEnding>;

const endingOf = (path: string): ExampleEnding | undefined => exampleEndings.find((ending) => path.endsWith(ending));

export const holdsExamples = (path: string): boolean => endingOf(path) !== undefined;

/** Examples are asked for whatever the file is called: standard input has no ending. */
export const readExamples = (path: string): E.Either<DataError, ReadonlyArray<Example>> =>
  pipe(
    E.tryCatch(
      () => readFileSync(path === "-" ? 0 : path, "utf8"),
      (reason): DataError => ({
        tag: "unreadable",
        path,
        reason: (reason as NodeJS.ErrnoException).code ?? String(reason),
      }),
    ),
    E.flatMap((text) => exampleReaders[endingOf(path) ?? ".jsonl"](path, text)),
  );
