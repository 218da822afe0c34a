import type * as E from "fp-ts/lib/Either.js";
import type { NonEmptyArray } from "fp-ts/lib/NonEmptyArray.js";
import type { Model } from "../circuit/model.ts";
import { type Compiled, type CompileOptions, compile, compileModel } from "../compile.ts";
import { settingsOf } from "../module/settings.ts";
import { importsOf } from "../plugin/imports.ts";
import type { Diagnostic } from "../syntax/diagnostic.ts";
import type { Recipe } from "./run.ts";

/** The options by which the model of a recipe is compiled. */
export const compileOptionsOf = ({ file, statics, precision, model, target, memory, without, freeze }: Recipe) => ({
  file,
  statics,
  precision,
  ...(model === null ? {} : { model }),
  ...(target === null ? {} : { target }),
  ...(memory === undefined ? {} : { memory }),
  ...(without === undefined ? {} : { without }),
  ...(freeze === undefined ? {} : { freeze }),
});

/** The functions that predictions take. */
export const forPredictions = { exports: ["pack", "forward"] } as const satisfies CompileOptions;

/** Another model that was made of a recipe's, compiled as that is unless the options say otherwise. */
export const compiledAs = (
  { precision, target, memory, without = [] }: Pick<Recipe, "precision" | "target" | "memory" | "without">,
  model: Model,
  options: Pick<CompileOptions, "exports" | "target" | "names"> = {},
): Compiled =>
  compileModel(
    settingsOf({
      precision,
      memory,
      without: new Set(without),
      ...(target === null ? {} : { target }),
      ...options,
    }),
  )(model);

/** The model of a recipe, with what its program imports from beside it. */
export const compileRecipe = (
  recipe: Recipe,
  options: CompileOptions = {},
): E.Either<NonEmptyArray<Diagnostic>, Compiled> =>
  compile(recipe.source, { ...compileOptionsOf(recipe), ...options }, importsOf(recipe.file));
