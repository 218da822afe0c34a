import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { flowOf } from "../flow/flow.ts";
import type { Portrait } from "../flow/picture/portrait.ts";
import { withGaps } from "../flow/with-gaps.ts";
import type { Example } from "../runtime/interface.ts";
import { type Run, weightsOf } from "../train/run.ts";
import { loadRun } from "../train/run-folder.ts";
import { type Failure, usageError } from "./failure.ts";
import type { FlowOptions } from "./flow-options.ts";
import { flowSubjects } from "./flow-subjects.ts";
import { type MeasuredData, measuredData } from "./measured-data.ts";
import { compileRecipe } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";

/** Before training, as its seed drew the parameters, and after, on an example that was held out. */
export const portraitOfRun = (terminal: Terminal, folder: string, options: FlowOptions): E.Either<Failure, Portrait> =>
  pipe(
    ofPrograms(options),
    E.flatMap(() => pipe(loadRun(folder), E.mapLeft(usageError))),
    E.bindTo("run"),
    E.bind("compiled", ({ run }) => compileRecipe(terminal, run.recipe, { exports: ["init", "pack"] })),
    E.bind("data", ({ run, compiled }) => measuredData(terminal, run.recipe, compiled, options.data, options)),
    E.bind("example", ({ run, data }) => exampleOf(run, data, options)),
    E.let("followed", ({ compiled, example }) => withGaps(compiled.elaborated, example)),
    E.bind("subjects", ({ followed }) => flowSubjects(terminal, followed.model, options)),
    E.map(({ run, compiled, subjects, data, followed: { model, example } }) => {
      const measure = flowOf(model, subjects);
      const { seed } = run.recipe.settings;
      return {
        model: compiled.model.name,
        about: `${folder}, on example ${options.example ?? 1} of ${data.place}`,
        flows: [
          { when: "before training", flow: measure(compiled.init(seed), example) },
          { when: "after training", flow: measure(weightsOf(run, options.last), example) },
        ],
      };
    }),
  );

/** What only a program takes. */
const ofPrograms = ({ set, model }: FlowOptions): E.Either<Failure, void> => {
  const name = Object.keys(set).length > 0 ? "set" : model === undefined ? undefined : "model";
  return name === undefined
    ? E.right(undefined)
    : E.left(usageError(`--${name} is for a program; a run knows with what it was compiled`));
};

/** A text is as long as it is cut: so much of it is looked at, unless the length is given. */
const usualLength = 60;

/** The example that is asked for; of a text, its beginning. */
export const exampleOf = (
  { recipe }: Run,
  { measured, place }: MeasuredData,
  { example = 1, length }: Pick<FlowOptions, "example" | "length">,
): E.Either<Failure, Example> => {
  if (example > measured.count)
    return E.left(usageError(`--example ${example}: ${place} has ${measured.count} examples`));
  const { example: found } = measured.at(example - 1);
  if (recipe.vocabulary !== null) {
    const most = Object.values(length)[0] ?? usualLength;
    return E.right(Object.fromEntries(Object.entries(found).map(([name, text]) => [name, shortened(text, most)])));
  }
  return Object.keys(length).length === 0
    ? E.right(found)
    : E.left(usageError("--length cuts off texts and random examples; the examples of this run are taken whole"));
};

const shortened = (text: Example[string], most: number): Example[string] =>
  text instanceof Int32Array ? text.slice(0, most) : text;
