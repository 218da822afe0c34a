import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { placesOf } from "../data/coding/places.ts";
import { type Answer, type Layout, type WriterName, writtenAs } from "../data/formats/write.ts";
import type { Listed } from "../data/record.ts";
import type { Sample } from "../data/sample.ts";
import type { CompiledModel } from "../runtime/interface.ts";
import { writePartsAtomically } from "../train/atomic-file.ts";
import { declaredBy, stretchOf } from "../train/facts.ts";
import { explainFileProblem } from "../train/file-problem.ts";
import type { Recipe } from "../train/run.ts";
import { type Failure, usageError } from "./failure.ts";
import { besideInputs, byEnding, type Endings } from "./output-file.ts";
import type { Terminal } from "./terminal.ts";

/** What is said of examples, part by part, or why it cannot be said. */
export type Answers = E.Either<Failure, ReadonlyArray<Answer>>;

/** Where answers are written: into a file, or onto standard output. */
export interface Destination {
  readonly path: string | undefined;
  readonly as: WriterName;
}

const endings: Endings<WriterName> = { ".jsonl": "jsonl", ".csv": "csv", ".tsv": "tsv" };

/** By the ending of a file's name, which is none of those that are read. */
export const destinationOf = (
  path: string | undefined,
  inputs: ReadonlyArray<string>,
): E.Either<Failure, Destination> =>
  pipe(
    byEnding(path, endings, "jsonl", "answers are written as"),
    E.tap(() => besideInputs(path, inputs)),
    E.map((as) => ({ path, as })),
  );

export const layoutOf = (recipe: Recipe, { model }: Pick<CompiledModel, "model">, samples: Listed<Sample>): Layout => ({
  fields: () => fieldNames(samples),
  group: recipe.data.gathering?.group,
  placeOf: placesOf(model, declaredBy(recipe), stretchOf(recipe.data)),
});

/** A file is written whole or not at all. */
export const writeAnswers = (
  terminal: Terminal,
  { path, as }: Destination,
  layout: Layout,
  parts: Iterable<Answers>,
): E.Either<Failure, void> => {
  const write = writtenAs(as)(layout);
  if (path === undefined) {
    for (const part of parts) {
      if (E.isLeft(part)) return part;
      terminal.out(write(part.right));
    }
    return E.right(undefined);
  }
  const bytes = function* (): Iterable<E.Either<Failure, Uint8Array>> {
    for (const part of parts) yield E.map((answers: ReadonlyArray<Answer>) => encoder.encode(write(answers)))(part);
  };
  return pipe(
    writePartsAtomically(path, bytes()),
    E.mapLeft((problem) => (problem.tag === "unwritable" ? usageError(explainFileProblem(problem)) : problem)),
  );
};

const encoder = new TextEncoder();

/** Of all records: not every one has every field. */
const fieldNames = ({ count, at }: Listed<Sample>): ReadonlyArray<string> => {
  const names = new Set<string>();
  for (let i = 0; i < count; i++) {
    const sample = at(i);
    if (E.isLeft(sample)) continue;
    const { fields, rows } = sample.right;
    for (const name of Object.keys(fields ?? rows[0]!.fields)) names.add(name);
  }
  return [...names];
};
