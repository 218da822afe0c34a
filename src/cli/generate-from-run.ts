import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled } from "../compile.ts";
import { drawnAs } from "../data/coding/drawn.ts";
import { drawTexts, unknownToken } from "../data/draw-texts.ts";
import { copiesOf, drawingOf } from "../data/drawing.ts";
import { inWrittenOrder } from "../data/drawn-from.ts";
import { usualLength } from "../data/generated-length.ts";
import { factsOf } from "../train/facts.ts";
import { type Run, weightsOf } from "../train/run.ts";
import { loadRun } from "../train/run-folder.ts";
import { nothingToRead, readingInVain } from "./data-options.ts";
import { type Failure, usageError } from "./failure.ts";
import { drawFromExamples } from "./generate-from-examples.ts";
import { drawingOfOptions, type GenerateCommandOptions, problemOf } from "./generate-options.ts";
import { besideRun, byEnding, type Endings } from "./output-file.ts";
import { compileRecipe } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";
import { writeFile } from "./write-file.ts";

/** `rnnc generate RUN`: text, if the run was trained on text; else the drawn values as JSON, of each example if there are. */
export const generateFromRun =
  (terminal: Terminal) =>
  (folder: string, options: GenerateCommandOptions): E.Either<Failure, void> =>
    pipe(
      besideRun(options.out, folder),
      E.flatMap(() => E.mapLeft(usageError)(loadRun(folder))),
      E.bindTo("run"),
      E.bind("compiled", ({ run }) => compileRecipe(terminal, run.recipe, { exports: ["generate", "search"] })),
      E.filterOrElse(
        ({ compiled }) => compiled.model.targets.length > 0,
        ({ compiled }) => usageError(`${compiled.model.name} has no random variable to draw`),
      ),
      E.tap(({ run, compiled }) => {
        const problem = problemIn(folder, run, compiled, options);
        return problem === undefined ? E.right(undefined) : E.left(usageError(problem));
      }),
      E.flatMap(({ run, compiled }) =>
        options.data === undefined
          ? pipe(
              drawn(run, compiled, options),
              E.flatMap((lines) => print(terminal, options.out, lines)),
            )
          : drawFromExamples(terminal, run, compiled, options.data, options),
      ),
    );

const print = (terminal: Terminal, path: string | undefined, lines: ReadonlyArray<string>): E.Either<Failure, void> => {
  const text = lines.map((line) => `${line}\n`).join("");
  if (path === undefined) return E.right(terminal.out(text));
  return writeFile(path, text);
};

/** What of the options does not suit the run. */
const problemIn = (
  folder: string,
  { recipe: { vocabulary } }: Run,
  { model }: Compiled,
  options: GenerateCommandOptions,
): string | undefined => {
  const { data, prefix } = options;
  if (vocabulary !== null && data !== undefined)
    return `${folder} was trained on text and has no inputs that data could give; --prefix gives text to go on from`;
  if (vocabulary === null && prefix !== undefined)
    return `${folder} was not trained on text, so it goes on from none: --prefix is for a run that was`;
  if (model.inputs.length > 0 && data === undefined)
    return `${model.name} has inputs: give them with --data FILE (what it makes of them, \`rnnc predict ${folder} --data FILE\` prints)`;
  if (data === undefined && readingInVain(options)) return nothingToRead;
  const unknown = vocabulary === null ? undefined : unknownToken(vocabulary, prefix ?? "");
  return problemOf(options) ?? (unknown && `--prefix: ${unknown}`);
};

/** Without data: texts of a run that was trained on them, as they are or a line of JSON each; else one line of JSON. */
const drawn = (
  run: Run,
  compiled: Compiled,
  options: GenerateCommandOptions,
): E.Either<Failure, ReadonlyArray<string>> => {
  const params = weightsOf(run, options.last);
  const drawing = drawingOfOptions(options);
  const { vocabulary } = run.recipe;
  const { json, out, prefix = "" } = options;
  const endings: Endings<boolean> = vocabulary === null ? { ".jsonl": true } : { ".txt": json, ".jsonl": true };
  const told = vocabulary === null ? "what is drawn is written as" : "texts are written as";
  return pipe(
    byEnding(out, endings, json, told),
    E.map((asJson) => {
      if (vocabulary !== null)
        return drawTexts(compiled, params, vocabulary, prefix, drawing).map((text) =>
          asJson ? JSON.stringify({ text }) : text,
        );
      const found = compiled.generate(params, {
        ...drawingOf(drawing, usualLength(compiled.model, options.length)),
        size: copiesOf(drawing),
      });
      const { declared, coding } = factsOf(run.recipe);
      return [JSON.stringify(drawnAs(declared, coding, inWrittenOrder(compiled.model, found, {}).values, true))];
    }),
  );
};
