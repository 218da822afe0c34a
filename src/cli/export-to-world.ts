import { existsSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { textOfFile } from "../plugin/compile-file.ts";
import { factsOf } from "../train/facts.ts";
import { weightsOf } from "../train/run.ts";
import { loadRun } from "../train/run-folder.ts";
import type { ExportOptions, World } from "./export-options.ts";
import { type Failure, usageError } from "./failure.ts";
import { document } from "./json.ts";
import { noteScales } from "./noted-scales.ts";
import { besideInputs, besideRun, byEnding } from "./output-file.ts";
import { openProgram } from "./program.ts";
import { compileRecipe } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";
import { isFolder, weightsOfRun } from "./weights-files.ts";
import { type Exported, worlds } from "./worlds.ts";
import { writeFile } from "./write-file.ts";

/** `rnnc export FILE|RUN --to WORLD -o OUT` */
export const exportToWorld = (
  terminal: Terminal,
  path: string,
  world: World,
  options: ExportOptions,
): E.Either<Failure, void> => {
  const { ending, written } = worlds[world];
  return pipe(
    inVain(path, world, options),
    E.flatMap(() => byEnding(options.output, { [ending]: true }, undefined, `what goes to ${world} is written as`)),
    E.flatMap(() => (path === "-" || existsSync(path) ? E.right(undefined) : E.left(nothingThere(path)))),
    E.flatMap(() => (isFolder(path) ? besideRun(options.output, path) : besideInputs(options.output, [path]))),
    E.flatMap(() => (isFolder(path) ? ofRun(terminal, path, options) : ofProgram(terminal, path, world, options))),
    E.flatMap((exported) => written(exported, options)),
    E.chainFirst(({ files }) =>
      E.traverseArray(([name, content]: (typeof files)[number]) => writeFile(name, content))(files),
    ),
    E.map(({ files, hint, told = {} }) => {
      const names = files.map(([name]) => name);
      return options.json
        ? terminal.out(document({ of: path, files: names, ...told }))
        : terminal.err(`Wrote ${names.join(" and ")}.${hint === "" ? "" : ` ${hint}`}\n`);
    }),
  );
};

const nothingThere = (path: string): Failure =>
  usageError(`There is no ${path}: I expected a program, or the folder of a run`);

/** Options that would change nothing. */
const inVain = (path: string, world: World, options: ExportOptions): E.Either<Failure, void> => {
  const ofModules = askedFor([
    ["--target", options.target !== undefined],
    ["--weights", options.weights !== undefined],
    ["--exports", options.exports !== undefined],
    ["--readable", options.readable],
  ]);
  const ofOthers = askedFor(
    given(options).filter(([name]) => (worlds[world].ignored as ReadonlyArray<string>).includes(name)),
  );
  const ofPrograms = optionsOfPrograms(options);
  if (ofModules !== "") return E.left(usageError(`${ofModules}: of modules alone, not of --to ${world}`));
  if (ofOthers !== "") return E.left(usageError(`${ofOthers}: not of --to ${world}`));
  if (isFolder(path) && ofPrograms !== "")
    return E.left(usageError(`${ofPrograms}: of programs; what ${path} was trained with stays`));
  if (!isFolder(path) && options.last)
    return E.left(usageError(`--last: of runs; ${path} is no run's folder and has no weights`));
  return E.right(undefined);
};

type Asked = ReadonlyArray<readonly [name: string, isGiven: boolean]>;

const given = ({ set, model, loss, freeze, precision, seed, states, generate, trainer }: ExportOptions): Asked => [
  ["--set", Object.keys(set).length > 0],
  ["--model", model !== undefined],
  ["--loss", loss !== undefined],
  ["--freeze", freeze !== undefined],
  ["--precision", precision !== undefined],
  ["--seed", seed !== undefined],
  ["--states", states],
  ["--generate", generate],
  ["--trainer", trainer],
];

/** Of runs as well. */
const ofAll: ReadonlyArray<string> = ["--states", "--generate", "--trainer"];

/** Those of the options of programs that are given, in words. */
export const optionsOfPrograms = (options: ExportOptions): string =>
  askedFor(given(options).filter(([name]) => !ofAll.includes(name)));

const askedFor = (all: Asked): string => all.flatMap(([name, isGiven]) => (isGiven ? [name] : [])).join(", ");

const ofProgram = (
  terminal: Terminal,
  path: string,
  world: World,
  options: ExportOptions,
): E.Either<Failure, Exported> =>
  pipe(
    openProgram(terminal, path, {
      set: options.set,
      precision: options.precision ?? worlds[world].precision,
      json: options.json,
      exports: ["init"],
      ...(options.model === undefined ? {} : { model: options.model }),
      ...(options.loss === undefined ? {} : { loss: options.loss }),
      ...(options.freeze === undefined ? {} : { freeze: options.freeze }),
    }),
    E.map(({ source, compiled }) => ({
      compiled,
      loss: options.loss ?? "mean",
      params: () => compiled.init(options.seed ?? 1),
      sourceOf: sourceIn(source.file, source.text),
    })),
  );

const ofRun = (terminal: Terminal, folder: string, options: ExportOptions): E.Either<Failure, Exported> =>
  pipe(
    loadRun(folder),
    E.mapLeft(usageError),
    E.bindTo("run"),
    E.tap(({ run }) => E.right(noteScales(terminal, run))),
    E.bind("compiled", ({ run }) => compileRecipe(terminal, run.recipe, { exports: [] })),
    E.map(({ run, compiled }) => ({
      compiled,
      // A run is trained and evaluated by the loss per predicted value, unless it was asked for another.
      loss: run.recipe.settings.loss ?? "perObservation",
      params: () => weightsOf(run, options.last),
      weights: weightsOfRun(run, options.last),
      facts: factsOf(run.recipe),
      sourceOf: sourceIn(run.recipe.file, run.recipe.source),
    })),
  );

/** What stands in the program, or in a file that it imports. */
const sourceIn =
  (file: string, text: string) =>
  (wanted: string): string | undefined =>
    wanted === file ? text : textOfFile(wanted);
