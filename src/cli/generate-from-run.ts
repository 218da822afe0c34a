import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled } from "../compile.ts";
import { tokensOf } from "../data/coding/tokens.ts";
import { decode, encode, type Vocabulary } from "../data/vocabulary.ts";
import type { CompiledModel } from "../runtime/interface.ts";
import { type Run, weightsOf } from "../train/run.ts";
import { loadRun } from "../train/run-folder.ts";
import { type Failure, usageError } from "./failure.ts";
import { drawFromExamples } from "./generate-from-examples.ts";
import { copiesOf, drawingOf, type GenerateCommandOptions, problemOf } from "./generate-options.ts";
import { usualLength } from "./generated-length.ts";
import { compileRecipe } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";

/** `rnnc generate RUN`: text, if the run was trained on text; else the drawn values as JSON, of each example if there are. */
export const generateFromRun =
  (terminal: Terminal) =>
  (folder: string, options: GenerateCommandOptions): E.Either<Failure, void> =>
    pipe(
      loadRun(folder),
      E.mapLeft(usageError),
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
      E.flatMap(({ run, compiled }) => drawn(terminal, run, compiled, options)),
      E.map((lines) => print(terminal, lines)),
    );

const print = (terminal: Terminal, lines: Iterable<string>): void => {
  for (const line of lines) terminal.out(`${line}\n`);
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
  return problemOf(options) ?? (vocabulary === null ? undefined : unknownToken(vocabulary, prefix ?? ""));
};

const unknownToken = ({ entries, tokens, lower }: Vocabulary, prefix: string): string | undefined => {
  const known = new Set(entries);
  const given = tokensOf(tokens, lower, prefix);
  const at = given.findIndex((token) => !known.has(token));
  return at < 0
    ? undefined
    : `--prefix: the run does not know the ${tokens === "chars" ? "character" : "word"} ${JSON.stringify(given[at])}, which is the ${at + 1}. of the prefix; it was in no text that it was trained on, or too seldom`;
};

const drawn = (
  terminal: Terminal,
  run: Run,
  compiled: Compiled,
  options: GenerateCommandOptions,
): E.Either<Failure, Iterable<string>> => {
  if (options.data !== undefined) return drawFromExamples(terminal, run, compiled, options.data, options);
  if (run.recipe.vocabulary !== null)
    return E.right(drawTexts(run, compiled, options).map((text) => (options.json ? JSON.stringify({ text }) : text)));
  const { values } = compiled.generate(weightsOf(run, options.last), {
    ...drawingOf(options, usualLength(compiled.model, options.length)),
    size: copiesOf(options),
  });
  return E.right([JSON.stringify(values)]);
};

/** The prefix and what the model makes of it, as often as is asked. */
export const drawTexts = (
  run: Pick<Run, "recipe" | "training">,
  compiled: CompiledModel,
  options: Omit<GenerateCommandOptions, "json">,
): ReadonlyArray<string> => {
  const { vocabulary } = run.recipe;
  const target = compiled.model.targets[0]!.name;
  const given = Array.from(encode(vocabulary!)(options.prefix ?? ""));
  const { values } = compiled.generate(weightsOf(run, options.last), {
    ...drawingOf(options, given.length + usualLength(compiled.model, options.length)),
    size: copiesOf(options),
    ...(given.length === 0 ? {} : { prefix: { [target]: given } }),
  });
  return values[target]!.map((symbols) => decode(vocabulary!)(symbols as ReadonlyArray<number>));
};
