import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { type ExportName, exportNames } from "../module/exports.ts";
import { type Run, weightsOf } from "../train/run.ts";
import { headerPath, tell, writeC } from "./compile-to-file.ts";
import type { ExportOptions } from "./export-options.ts";
import { type Failure, usageError } from "./failure.ts";
import { noteScales } from "./noted-scales.ts";
import { compileRecipe } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";

/** `rnnc export RUN --target c -o OUT.c`: what the model has in C, and its weights. */
export const exportInC = (
  terminal: Terminal,
  folder: string,
  run: Run,
  options: ExportOptions,
): E.Either<Failure, void> => {
  const { exports = exportNames, output, last, weights = "plain" } = options;
  const known = exports.filter((name): name is ExportName => name !== "predict");
  if (known.length < exports.length && options.exports !== undefined)
    return E.left(usageError("C knows nothing of the terms of the data: there is no predict, but forward and step"));
  return pipe(
    headerPath(output),
    E.flatMap(() => compileRecipe(terminal, run.recipe, { exports: known.filter((name) => name !== "trainer") })),
    E.flatMap(({ cOf }) => writeC(cOf(weightsOf(run, last), weights), options)),
    E.tap(() => E.right(noteScales(terminal, run))),
    E.map((header) => tell(terminal, options, { run: folder, weights }, header)),
  );
};
