import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled } from "../compile.ts";
import type { Encoder } from "../data/coding/example.ts";
import { placeTold } from "../data/coding/place.ts";
import { type UnknownCounts, unknownInTexts, unknownTold } from "../data/coding/unknown.ts";
import { type DataError, explainDataError } from "../data/data-error.ts";
import { type Encoded, encodedAll } from "../data/encoded.ts";
import { lackedLength, readBackExpected } from "../data/read-back.ts";
import type { Listed } from "../data/record.ts";
import type { Sample } from "../data/sample.ts";
import { unknownSymbol } from "../data/vocabulary.ts";
import { counted } from "../measure/table.ts";
import type { Batch, Example } from "../runtime/interface.ts";
import { factsOf } from "../train/facts.ts";
import type { Recipe } from "../train/run.ts";
import { dataFailure, type Failure } from "./failure.ts";
import type { Terminal } from "./terminal.ts";

/** What examples are for: what is asked for need not have its targets, what is drawn along has no data yet. */
type Purpose = "training" | "measuring" | "given" | "asking" | "drawing";

const whatFor: { readonly [P in Purpose]: string } = {
  training: "the training part",
  measuring: "what is held out",
  given: "the data",
  asking: "the data",
  drawing: "the data",
};

export const encoderOf = (recipe: Recipe, compiled: Compiled, purpose: Purpose): Encoder => ({
  ...factsOf(recipe),
  model: compiled.model,
  isTraining: purpose !== "asking" && purpose !== "drawing",
  isChoosing: purpose === "training" || purpose === "measuring",
});

const tellUnknown = (terminal: Terminal, counts: UnknownCounts, purpose: Purpose): void => {
  for (const told of unknownTold(counts)) terminal.err(`In ${whatFor[purpose]}, ${told}.\n`);
};

/** Of texts what is unknown is told as of examples. */
export const tellUnknownOf = (
  terminal: Terminal,
  target: string,
  texts: ReadonlyArray<Int32Array>,
  purpose: Purpose,
): void => tellUnknown(terminal, unknownInTexts(target, unknownSymbol, texts), purpose);

/** Examples that the model takes, each looked at; what is bad is told, or is the failure. What is unknown is told. */
export const examplesOf = (
  terminal: Terminal,
  recipe: Recipe,
  compiled: Compiled,
  samples: Listed<Sample>,
  purpose: Purpose = "training",
): E.Either<Failure, Encoded> => {
  const encoder = encoderOf(recipe, compiled, purpose);
  // What is drawn along has no data yet: drawing looks at the rest itself.
  const fits = purpose === "drawing" ? () => E.right(0) : fitting(compiled, encoder);
  return pipe(
    encodedAll(encoder, samples, recipe.data.skipBad ?? 0, fits),
    E.mapLeft(dataFailure),
    E.tap(({ skipped, unknown }) => {
      tellUnknown(terminal, unknown, purpose);
      if (skipped.length > 0)
        terminal.err(
          `Left out ${counted(skipped.length, "bad record")}:\n${skipped.map((bad) => `  ${explainDataError(bad)}\n`).join("")}`,
        );
      return E.right(undefined);
    }),
  );
};

/** An example that does not fit the model is found before anything begins, wherever its turn would be. */
const fitting =
  (compiled: Compiled, encoder: Encoder) =>
  (example: Example, sample: Sample): E.Either<DataError, number> =>
    E.tryCatch(
      () => positionsIn(compiled.pack([example])),
      (error): DataError => {
        if (!(error instanceof Error && error.name === "RnncError")) throw error;
        const lacked = lackedLength(compiled.model, example);
        if (lacked !== undefined) return lackedError(sample, lacked.name);
        const problem = error.message.replace(/^examples\[0\](?:\.|: )?/, "");
        return { tag: "malformedLine", ...placeTold(encoder, sample, problem), problem };
      },
    );

/** What cannot be predicted of an example, because a target that is read back is missing, can be drawn. */
export const lackedError = ({ path, line }: Sample, target: string): DataError => ({
  tag: "malformedLine",
  path,
  line,
  problem: `${target}: I expected ${readBackExpected}, and found nothing`,
  hint: "`rnnc generate RUN --data FILE` draws it",
});

const positionsIn = ({ lengths }: Batch): number =>
  Object.values(lengths).reduce((total, of) => total + of.reduce((sum, length) => sum + length, 0), 0);
