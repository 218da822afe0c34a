import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled, CompileOptions } from "../compile.ts";
import type { Told } from "../data/coding/decode.ts";
import type { Drawing } from "../data/drawing.ts";
import type { InputRecord } from "../data/served/facts.ts";
import { newGenerate, newGenerateText, newPredict } from "../data/served/served.ts";
import { reporterOf } from "../plugin/compile-file.ts";
import type { Params } from "../runtime/interface.ts";
import { expecting } from "../transform/expecting.ts";
import { compiledAs, compileRecipe, forPredictions } from "./compile-recipe.ts";
import { factsOf, vocabulariesOf } from "./facts.ts";
import { type Recipe, weightsOf } from "./run.ts";
import { loadRun } from "./run-folder.ts";
import type { Training } from "./step.ts";
import { chosenMeasure, type Measured } from "./watch.ts";

/** How a run is loaded. */
export interface LoadOptions extends Pick<CompileOptions, "target"> {
  /** The last weights, not those of the lowest held-out loss. */
  readonly last?: boolean;
}

/** One of one, a list of a list. */
export interface Predict {
  (input: InputRecord): Told;
  (input: ReadonlyArray<InputRecord>): ReadonlyArray<Told>;
}

/** One of one, a list of a list; of a model of text, text that goes on from a prefix. With `several` there is a list of each. */
export interface Generate {
  (prefix?: string, options?: Drawing): string | ReadonlyArray<string>;
  (input?: InputRecord, options?: Drawing): Told;
  (input: ReadonlyArray<InputRecord>, options?: Drawing): ReadonlyArray<Told>;
}

/** A trained run: its compiled model with its weights, and the same in the terms of its data. */
export interface LoadedRun {
  readonly compiled: Compiled;
  /** One row-major typed array per parameter, by path: the best that were measured, or the last. */
  readonly params: Params;
  /** By variable, the words that its symbols stand for. */
  readonly vocabularies: Readonly<Record<string, ReadonlyArray<string>>>;
  /** What the training was asked for: the program's source, sizes, data, settings. */
  readonly recipe: Recipe;
  /** How many steps were done. */
  readonly steps: number;
  /** The held-out loss of these weights in nats per predicted value, where it was measured. */
  readonly heldOut: number | undefined;
  /**
   * What `rnnc predict` writes of a record (fields by name, words as texts, numbers in their own units), without what stands
   * in the record itself.
   *
   * @throws RnncError that names the record and its field, what was expected and what was found
   */
  readonly predict: Predict;
  /**
   * What `rnnc generate` draws from a record, or from the beginning of a text.
   *
   * @throws RnncError that names the record and its field, or the option, what was expected and what was found
   */
  readonly generate: Generate;
}

const measureOf = (training: Training, last = false): Measured | null => {
  if (!last) return chosenMeasure(training);
  return training.watch.last?.step === training.step ? training.watch.last : null;
};

/**
 * A run that `rnnc train` saved in a folder. On the left, why it cannot be read, or no longer be compiled.
 *
 * @example
 * const run = loadRun("runs/names");
 * if (run._tag === "Right") console.log(run.right.predict({ name: "maria" }));
 */
export const loadedRun = (folder: string, { last, target }: LoadOptions = {}): E.Either<string, LoadedRun> =>
  pipe(
    loadRun(folder),
    E.bindTo("run"),
    E.bind("compiled", ({ run: { recipe } }) =>
      pipe(
        compileRecipe(recipe, target === undefined ? {} : { target }),
        E.mapLeft((diagnostics) => diagnostics.map(reporterOf(recipe.file, recipe.source)).join("\n")),
      ),
    ),
    E.map(({ run, compiled }): LoadedRun => {
      const { recipe, training } = run;
      const params = weightsOf(run, last);
      const facts = factsOf(recipe);
      const asked = compiledAs(recipe, expecting(compiled.elaborated), {
        ...forPredictions,
        ...(target === undefined ? {} : { target }),
      });
      const make = facts.vocabulary === null ? newGenerate : newGenerateText;
      return {
        compiled,
        params,
        vocabularies: vocabulariesOf(facts, compiled.model.targets[0]?.name),
        recipe,
        steps: training.step,
        heldOut: measureOf(training, last)?.heldOut,
        predict: newPredict(asked, params, facts) as Predict,
        generate: make(compiled, params, facts) as Generate,
      };
    }),
  );
