import { statSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled } from "../compile.ts";
import { runDeclarationText, type Serving } from "../export/run-declaration.ts";
import { runModuleText } from "../export/run-module.ts";
import { servingOf } from "../export/serving.ts";
import type { ExportName } from "../module/contents.ts";
import { compiledAs } from "../train/compile-recipe.ts";
import { factsOf } from "../train/facts.ts";
import { type Run, weightsOf } from "../train/run.ts";
import { loadRun } from "../train/run-folder.ts";
import { expecting } from "../transform/expecting.ts";
import { declarationPath, tell, writeTexts } from "./compile-to-file.ts";
import { exportInC } from "./export-c.ts";
import { type ExportOptions, type RunExport, runExports } from "./export-options.ts";
import { exportToWorld, optionsOfPrograms } from "./export-to-world.ts";
import { type Failure, usageError } from "./failure.ts";
import { nothingToPredict } from "./nothing-to-predict.ts";
import { compileRecipe } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";

/** `rnnc export RUN -o OUT.js` */
export const exportRun =
  (terminal: Terminal) =>
  async (folder: string, options: ExportOptions): Promise<E.Either<Failure, void>> => {
    if (options.to !== undefined) return exportToWorld(terminal, folder, options.to, options);
    const settled = optionsOfPrograms(options);
    if (settled !== "") return E.left(usageError(`${settled}: of programs, which only --to exports`));
    if (options.trainer) return E.left(usageError("--trainer is of --to pytorch"));
    if (options.states || options.generate)
      return E.left(usageError("--states and --generate are of --to onnx; modules have start, step and generate"));
    const { target } = options;
    if (target === "c")
      return pipe(
        runIn(folder),
        E.flatMap((run) => exportInC(terminal, folder, run, options)),
      );
    if (options.weights !== undefined) return E.left(usageError("--weights is of --target c"));
    const opened = pipe(
      declarationPath(options.output),
      E.flatMap(() => runIn(folder)),
      E.bindTo("run"),
      E.let("wanted", () => options.exports ?? runExports),
      E.let("recipe", ({ run: { recipe } }) => ({ ...recipe, target: target ?? recipe.target })),
      E.let("purpose", ({ wanted }) => ({ exports: compiledExports(wanted), names: options.readable })),
      E.bind("plain", ({ recipe, purpose }) => compileRecipe(terminal, recipe, purpose)),
      E.let("compiled", ({ recipe, purpose, plain, wanted }) =>
        recipe.vocabulary === null && wanted.includes("predict")
          ? compiledAs(recipe, expecting(plain.elaborated), purpose)
          : plain,
      ),
      E.bind("serving", ({ run, compiled, wanted }) => servedBy(run, compiled, wanted, options.exports !== undefined)),
    );
    if (E.isLeft(opened)) return opened;
    const { run, compiled, wanted, serving } = opened.right;
    const facts = factsOf(run.recipe);
    const exports = wanted.filter((name): name is Exclude<RunExport, "predict" | "generate"> => !isServed(name));
    const params = weightsOf(run, options.last);
    const text = await runModuleText(compiled, params, facts, exports, serving, options.readable);
    return pipe(
      writeTexts(options.output, {
        module: () => text,
        types: runDeclarationText(compiled.model, facts, exports, serving),
      }),
      E.map((types) => tell(terminal, options, { run: folder }, types)),
    );
  };

/** A program has no weights: what writes it as a module is another command. */
const runIn = (path: string): E.Either<Failure, Run> =>
  statSync(path, { throwIfNoEntry: false })?.isFile() === true
    ? E.left(usageError(`${path} is a file, and a run is a folder; \`rnnc compile\` writes the module of a program`))
    : pipe(loadRun(path), E.mapLeft(usageError));

const isServed = (name: RunExport): boolean => name === "predict" || name === "generate";

/** What must be compiled for what is wanted. */
const compiledExports = (wanted: ReadonlyArray<RunExport>): ReadonlyArray<ExportName> => [
  ...new Set(
    wanted.flatMap((name): ReadonlyArray<ExportName> => {
      if (name === "predict") return ["pack", "forward"];
      return name === "generate" ? ["generate", "search"] : [name];
    }),
  ),
];

/** What was asked for by name must be there. */
const servedBy = (
  { recipe }: Run,
  compiled: Compiled,
  wanted: ReadonlyArray<RunExport>,
  isNamed: boolean,
): E.Either<Failure, Serving> => {
  const { predicts, draws } = servingOf(compiled, factsOf(recipe));
  const { name } = compiled.model;
  if (isNamed && wanted.includes("predict") && !predicts)
    return E.left(
      usageError(
        recipe.vocabulary === null
          ? nothingToPredict(name)
          : `${name} was trained on text, which it draws: export generate`,
      ),
    );
  if (isNamed && wanted.includes("generate") && draws === undefined)
    return E.left(usageError(`${name} draws nothing step by step, so there is nothing to generate`));
  return E.right({
    predicts: predicts && wanted.includes("predict"),
    draws: wanted.includes("generate") ? draws : undefined,
  });
};
