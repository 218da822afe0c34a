import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled } from "../compile.ts";
import { drawnAs } from "../data/coding/drawn.ts";
import { type DrawnValues, drawnFrom } from "../data/drawn-from.ts";
import { listOf } from "../data/examples.ts";
import { ownFields } from "../data/formats/write.ts";
import type { Sample } from "../data/sample.ts";
import { type Run, weightsOf } from "../train/run.ts";
import { encoderOf, examplesOf } from "./examples-of-recipe.ts";
import { dataFailure, type Failure } from "./failure.ts";
import { drawingOfOptions, type GenerateCommandOptions } from "./generate-options.ts";
import { givenSamples } from "./given-samples.ts";
import type { Terminal } from "./terminal.ts";

/** `rnnc generate RUN --data FILE…`: a line of JSON for each example, with what stands in the data and what was drawn. */
export const drawFromExamples = (
  terminal: Terminal,
  run: Run,
  compiled: Compiled,
  files: ReadonlyArray<string>,
  options: GenerateCommandOptions,
): E.Either<Failure, Iterable<string>> =>
  pipe(
    givenSamples(terminal, run.recipe, files, {}, true),
    E.bindTo("samples"),
    E.bind("encoded", ({ samples }) => examplesOf(terminal, run.recipe, compiled, samples, "drawing")),
    E.bind("read", ({ samples, encoded }) =>
      pipe([...encoded.places], E.traverseArray(samples.at), E.mapLeft(dataFailure)),
    ),
    E.map(({ read, encoded }) => {
      const { declared, coding } = encoderOf(run.recipe, compiled, "drawing");
      const drawn = drawnFrom(
        compiled,
        weightsOf(run, options.last),
        listOf(encoded.examples),
        drawingOfOptions(options),
      );
      return linesOf(read, drawn, (values) => drawnAs(declared, coding, values, options.several !== undefined));
    }),
  );

function* linesOf(
  samples: ReadonlyArray<Sample>,
  drawn: Iterable<DrawnValues>,
  tell: (drawn: DrawnValues) => DrawnValues,
): Iterable<string> {
  let i = 0;
  for (const values of drawn) yield lineOf(samples[i++]!, tell(values));
}

/** The one place where drawn values become text. */
const lineOf = (sample: Sample, drawn: DrawnValues): string => JSON.stringify({ ...ownFields(sample), ...drawn });
