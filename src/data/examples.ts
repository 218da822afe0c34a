import { readFileSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as t from "io-ts";
import type { Example, ModelInfo, Nested } from "../runtime/interface.ts";
import type { DataError } from "./data-error.ts";
import { type Feed, generatorOf, nextCursor, permutation } from "./feed.ts";

/** Reads examples as JSON, one a line: `{"x": [[0.1, 0.2]], "y": [1]}`. Empty lines are skipped. */
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
    E.map((text) => [...text.split(/\r?\n/).entries()].filter(([, line]) => line.trim() !== "")),
    E.flatMap(E.traverseArray(([line, text]) => parseExample(path, line + 1, text))),
  );

/** Minibatches of examples in a new random order every epoch; the last of an epoch may be smaller. */
export const shuffleExamples =
  (model: ModelInfo, size: number) =>
  (examples: ReadonlyArray<Example>): E.Either<DataError, Feed> => {
    if (examples.length === 0) return E.left({ tag: "tooShort", needed: 1, found: 0 });
    const portions = Math.ceil(examples.length / size);
    return E.right((cursor) => {
      const order = permutation(generatorOf(cursor), examples.length);
      const chosen = [...order.subarray(cursor.index * size, (cursor.index + 1) * size)].map((i) => examples[i]!);
      return {
        examples: chosen,
        values: chosen.reduce((total, example) => total + valuesIn(model, example), 0),
        continues: false,
        next: nextCursor(cursor, portions),
      };
    });
  };

/** How many values an example predicts: the elements of its targets, or 1 if it has none. */
export const valuesIn = (model: ModelInfo, example: Example): number =>
  model.targets.reduce(
    (total, { name, shape }) => total + leavesOf(example[name] ?? []) / shape.reduce((a, b) => a * b, 1),
    0,
  ) || 1;

const leavesOf = (value: Nested): number => {
  if (typeof value === "number") return 1;
  if ("data" in value) return value.data.length;
  return ArrayBuffer.isView(value)
    ? (value as Int32Array).length
    : (value as ReadonlyArray<Nested>).reduce<number>((total, part) => total + leavesOf(part), 0);
};

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
