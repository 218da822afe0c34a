import type * as E from "fp-ts/lib/Either.js";
import type { NonEmptyArray } from "fp-ts/lib/NonEmptyArray.js";
import { type Compiled, type CompileOptions, compile } from "../compile.ts";
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

/** The model of a recipe, with what its program imports from beside it. */
export const compileRecipe = (
  recipe: Recipe,
  options: CompileOptions = {},
): E.Either<NonEmptyArray<Diagnostic>, Compiled> =>
  compile(recipe.source, { ...compileOptionsOf(recipe), ...options }, importsOf(recipe.file));
