import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as t from "io-ts";
import type { Example } from "../runtime/interface.ts";
import type { DataError } from "./data-error.ts";
import type { ExampleReader } from "./example-reader.ts";

/** Examples as JSON, one a line: `{"x": [[0.1, 0.2]], "y": [1]}`. Empty lines are skipped. */
export const jsonLines: ExampleReader = (path, text) =>
  pipe(
    [...text.split(/\r?\n/).entries()].filter(([, line]) => line.trim() !== ""),
    E.traverseArray(([line, text]) => parseExample(path, line + 1, text)),
  );

type NestedNumbers = number | ReadonlyArray<NestedNumbers>;
const NestedNumbers: t.Type<NestedNumbers> = t.recursion("nested arrays of numbers", () =>
  t.union([t.number, t.readonlyArray(NestedNumbers)]),
);
const ExampleLine = t.record(t.string, NestedNumbers, "an object of nested arrays of numbers");

const parseExample = (path: string, line: number, text: string): E.Either<DataError, Example> =>
  pipe(
    E.tryCatch(
      (): unknown => JSON.parse(text),
      () => "this is not JSON",
    ),
    E.flatMap((value) =>
      pipe(
        ExampleLine.decode(value),
        E.mapLeft(() => `I expected ${ExampleLine.name}`),
      ),
    ),
    E.mapLeft((problem): DataError => ({ tag: "malformedLine", path, line, problem })),
  );
