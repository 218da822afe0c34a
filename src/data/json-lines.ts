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

/** What is missing of a target is null; whether it may be, its model says. */
type NestedNumbers = number | null | ReadonlyArray<NestedNumbers>;
const NestedNumbers: t.Type<NestedNumbers> = t.recursion("nested arrays of numbers", () =>
  t.union([t.number, t.null, t.readonlyArray(NestedNumbers)]),
);
const ExampleLine = t.record(t.string, NestedNumbers, "an object of nested arrays of numbers");

/** The first place under a name where something else stands, as `x[0][1]`. */
const wrongPlace = (value: unknown, place: string): string | undefined => {
  if (NestedNumbers.is(value)) return undefined;
  if (!Array.isArray(value)) return `${place}: I expected a number, and found ${JSON.stringify(value)}`;
  return value.map((part, i) => wrongPlace(part, `${place}[${i}]`)).find((found) => found !== undefined);
};

const problemIn = (value: unknown): string => {
  const found = t.UnknownRecord.is(value) && !Array.isArray(value) ? Object.entries(value) : [];
  const [first] = found.flatMap(([name, under]) => wrongPlace(under, name) ?? []);
  return first ?? `I expected ${ExampleLine.name}`;
};

const parseExample = (path: string, line: number, text: string): E.Either<DataError, Example> =>
  pipe(
    E.tryCatch(
      (): unknown => JSON.parse(text),
      () => "this is not JSON",
    ),
    E.flatMap((value) =>
      pipe(
        ExampleLine.decode(value),
        E.mapLeft(() => problemIn(value)),
      ),
    ),
    E.mapLeft((problem): DataError => ({ tag: "malformedLine", path, line, problem })),
  );
