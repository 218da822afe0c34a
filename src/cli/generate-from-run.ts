import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { decode, encode } from "../data/vocabulary.ts";
import type { CompiledModel, GenerateOptions } from "../runtime/interface.ts";
import { type Run, weightsOf } from "../train/run.ts";
import { loadRun } from "../train/run-folder.ts";
import { type Failure, usageError } from "./failure.ts";
import { compileRecipe } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";

export interface GenerateCommandOptions {
  readonly last?: boolean;
  readonly length: number;
  readonly temperature: number;
  readonly mode: boolean;
  readonly prefix: string;
  readonly seed: number;
  readonly json: boolean;
}

/** `rnnc generate RUN`: text, if the run was trained on text; else the drawn values as JSON. */
export const generateFromRun =
  (terminal: Terminal) =>
  (folder: string, options: GenerateCommandOptions): E.Either<Failure, void> =>
    pipe(
      loadRun(folder),
      E.mapLeft(usageError),
      E.bindTo("run"),
      E.bind("compiled", ({ run }) => compileRecipe(terminal, run.recipe)),
      E.filterOrElse(
        ({ compiled }) => compiled.model.targets.length > 0,
        ({ compiled }) => usageError(`${compiled.model.name} has no random variable to draw`),
      ),
      E.filterOrElse(
        ({ compiled }) => compiled.model.inputs.length === 0,
        ({ compiled }) =>
          usageError(
            `${compiled.model.name} has inputs, which nothing gives here; what it makes of them, \`rnnc predict ${folder} --data FILE\` prints`,
          ),
      ),
      E.map(({ run, compiled }) =>
        terminal.out(
          run.recipe.vocabulary === null
            ? `${JSON.stringify(compiled.generate(weightsOf(run, options.last), drawing(options)).values)}\n`
            : showText(drawText(run, compiled, options), options),
        ),
      ),
    );

const showText = (text: string, { json }: GenerateCommandOptions): string =>
  json ? `${JSON.stringify({ text })}\n` : `${text}\n`;

/** The prefix and what the model makes of it. */
export const drawText = (
  run: Pick<Run, "recipe" | "training">,
  compiled: CompiledModel,
  options: Omit<GenerateCommandOptions, "json">,
): string => {
  const { vocabulary } = run.recipe;
  const target = compiled.model.targets[0]!.name;
  const given = Array.from(encode(vocabulary!)(options.prefix));
  const { values } = compiled.generate(weightsOf(run, options.last), {
    ...drawing(options),
    length: given.length + options.length,
    ...(given.length === 0 ? {} : { prefix: { [target]: given } }),
  });
  return decode(vocabulary!)(values[target]![0] as ReadonlyArray<number>);
};

const drawing = ({
  seed,
  length,
  temperature,
  mode,
}: Omit<GenerateCommandOptions, "json" | "prefix">): GenerateOptions => ({
  seed,
  length,
  temperature,
  choose: mode ? "mode" : "draw",
});
