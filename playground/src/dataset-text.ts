import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as RA from "fp-ts/lib/ReadonlyArray.js";
import type { Example } from "../../src/runtime/interface.ts";
import type { Dataset, Words } from "./dataset.ts";

/** Examples as JSON Lines, with words for symbols. */
export const datasetText = ({ examples, words }: Dataset): string =>
  examples.map((example) => `${JSON.stringify(inWords(example, words))}\n`).join("");

const inWords = (example: Example, words: Words): unknown =>
  Object.fromEntries(
    Object.entries(example).map(([name, value]) => {
      const known = words[name];
      return [name, known === undefined ? value : each(value, (symbol) => known[symbol] ?? symbol)];
    }),
  );

/** With something else for each number of nested lists. */
const each = (value: unknown, act: (value: number) => unknown): unknown =>
  Array.isArray(value) ? value.map((inner) => each(inner, act)) : typeof value === "number" ? act(value) : value;

/** Examples from JSON Lines: where symbols have words, these, or letters run together. On the left what is wrong, and where. */
export const datasetIn = (text: string, words: Words): E.Either<string, Dataset> =>
  pipe(
    text.split("\n").flatMap((line, i) => (line.trim() === "" ? [] : [{ line, number: i + 1 }])),
    RA.traverse(E.Applicative)(({ line, number }) =>
      pipe(
        E.tryCatch(
          () => JSON.parse(line) as unknown,
          () => "is not JSON",
        ),
        E.flatMap(exampleIn(words)),
        E.mapLeft((problem) => `Line ${number} of the data ${problem}.`),
      ),
    ),
    E.filterOrElse(
      (examples) => examples.length > 0,
      () => "There are no data.",
    ),
    E.map((examples) => ({ examples, words })),
  );

const exampleIn =
  (words: Words) =>
  (value: unknown): E.Either<string, Example> => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return E.left('is not an object with a value for each input and target, as {"x": [1, 2], "y": 0}');
    return pipe(
      Object.entries(value),
      RA.traverse(E.Applicative)(([name, inner]) =>
        pipe(
          numbersIn(inner, words[name] ?? []),
          E.bimap(
            (problem) => `has ${problem} for ${name}`,
            (found) => [name, found] as const,
          ),
        ),
      ),
      E.map((entries) => Object.fromEntries(entries)),
    );
  };

type Nested = Example[string];

const numbersIn = (value: unknown, words: ReadonlyArray<string>): E.Either<string, Nested> => {
  if (typeof value === "number" || value === null) return E.right(value);
  if (Array.isArray(value))
    return pipe(
      value,
      RA.traverse(E.Applicative)((inner) => numbersIn(inner, words)),
    );
  if (typeof value !== "string") return E.left("neither numbers nor words");
  const symbol = words.indexOf(value);
  if (symbol >= 0) return E.right(symbol);
  const letters = [...value].map((letter) => words.indexOf(letter));
  return letters.length > 1 && letters.every((letter) => letter >= 0)
    ? E.right(letters)
    : E.left(`the unknown word ${JSON.stringify(value)}`);
};
