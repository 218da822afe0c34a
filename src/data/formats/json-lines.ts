import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as t from "io-ts";
import { atFirst, type Format } from "./format.ts";

/** An object of JSON on each line: `{"x": [[0.1, 0.2]], "y": "yes"}`. */
export const jsonLines: Format = {
  description: "an object of JSON on each line",
  cut: "lines",
  hasHeader: false,
  hasOwnNames: true,
  isTyped: true,
  read: (text) =>
    pipe(
      E.tryCatch(
        (): unknown => JSON.parse(text),
        () => "this is not JSON",
      ),
      E.filterOrElseW(
        (value): value is Record<string, unknown> => t.UnknownRecord.is(value) && !Array.isArray(value),
        () => "I expected an object with each field under its name",
      ),
      E.bimap(atFirst, (fields) => ({ fields })),
    ),
};
