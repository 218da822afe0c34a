import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled } from "../compile.ts";
import type { Told } from "../data/coding/decode.ts";
import { drawnAs } from "../data/coding/drawn.ts";
import { fieldsOf } from "../data/coding/fields.ts";
import { type DrawnValues, drawnFrom } from "../data/drawn-from.ts";
import { listOf } from "../data/examples.ts";
import { type Answer, namesIn } from "../data/formats/write.ts";
import type { Sample } from "../data/sample.ts";
import { type Run, weightsOf } from "../train/run.ts";
import { type Answers, destinationOf, layoutOf, writeAnswers } from "./answers.ts";
import { readingOf } from "./data-options.ts";
import { encoderOf, examplesOf } from "./examples-of-recipe.ts";
import { dataFailure, type Failure, usageError } from "./failure.ts";
import { drawingOfOptions, type GenerateCommandOptions } from "./generate-options.ts";
import { givenSamples } from "./given-samples.ts";
import { mappedRun } from "./remapped.ts";
import type { Terminal } from "./terminal.ts";

/** `rnnc generate RUN --data FILE…`: for each example what stands in the data and what was drawn, as `predict` writes. */
export const drawFromExamples = (
  terminal: Terminal,
  trained: Run,
  compiled: Compiled,
  files: ReadonlyArray<string>,
  options: GenerateCommandOptions,
): E.Either<Failure, void> =>
  pipe(
    destinationOf(options.out, files),
    E.bindTo("to"),
    E.bind("run", () => mappedRun(trained, options.map)),
    E.bind("samples", ({ run }) => givenSamples(terminal, run.recipe, files, readingOf(options), true)),
    E.bind("encoded", ({ run, samples }) => examplesOf(terminal, run.recipe, compiled, samples, "drawing")),
    E.bind("read", ({ samples, encoded }) =>
      pipe([...encoded.places], E.traverseArray(samples.at), E.mapLeft(dataFailure)),
    ),
    E.flatMap(({ to, run, samples, read, encoded }) => {
      const { declared, coding } = encoderOf(run.recipe, compiled, "drawing");
      const isList = options.several !== undefined;
      const params = weightsOf(run, options.last);
      const drawn = drawnFrom(compiled, params, listOf(encoded.examples), drawingOfOptions(options));
      const targets = compiled.model.targets.flatMap(({ name }) =>
        fieldsOf(coding, name).length === 1 && fieldsOf(coding, name)[0] === name ? [name] : [],
      );
      const layout = layoutOf(run.recipe, compiled, samples);
      const still = notDrawn(compiled);
      if (still.length > 0)
        terminal.err(
          `What is drawn goes along ${compiled.model.streamable}: ${still.join(", ")} ${still.length === 1 ? "is" : "are"} not drawn, and stand${still.length === 1 ? "s" : ""} as in the data.\n`,
        );
      return writeAnswers(
        terminal,
        to,
        // Several of each are a list that is of no row.
        isList ? { ...layout, placeOf: () => "whole" } : layout,
        answersOf(read, drawn, (sample, values) => {
          const drawn = drawnAs(declared, coding, values, isList);
          const told = isList && to.as !== "jsonl" ? inCells(drawn) : drawn;
          const taken = takenBy(sample, namesIn(to.as)(told), targets);
          return taken === undefined ? E.right({ sample, told }) : E.left(usageError(taken));
        }),
      );
    }),
  );

/** Several of each stand in the cell of a table as a list in JSON. */
const inCells = (told: Told): Told =>
  Object.fromEntries(Object.entries(told).map(([name, list]) => [name, JSON.stringify(list)]));

/** Targets that do not stand along the axis that is drawn along. */
const notDrawn = ({ model: { targets, streamable } }: Compiled): ReadonlyArray<string> =>
  targets.flatMap(({ name, indices }) => (streamable === null || indices.includes(streamable) ? [] : [name]));

/** What is drawn stands in the place of its target, but of nothing else. */
const takenBy = (
  { path, line, fields, rows }: Sample,
  names: ReadonlyArray<string>,
  targets: ReadonlyArray<string>,
): string | undefined => {
  const own = fields ?? rows[0]!.fields;
  const taken = names.find((name) => Object.hasOwn(own, name) && !targets.includes(name));
  return (
    taken &&
    `${path}, line ${line}: there is a field ${taken} already, which is not the target that is drawn under this name: rename the field`
  );
};

function* answersOf(
  samples: ReadonlyArray<Sample>,
  drawn: Iterable<DrawnValues>,
  answer: (sample: Sample, drawn: DrawnValues) => E.Either<Failure, Answer>,
): Iterable<Answers> {
  let i = 0;
  for (const values of drawn) yield E.map((one: Answer): ReadonlyArray<Answer> => [one])(answer(samples[i++]!, values));
}
