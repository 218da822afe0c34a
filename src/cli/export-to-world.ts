import { writeFileSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Model } from "../circuit/model.ts";
import { classNameOf, pytorchText } from "../export/pytorch/module.ts";
import { textOfFile } from "../plugin/compile-file.ts";
import { loadRun } from "../train/run-folder.ts";
import type { LossScale } from "../transform/batch-loss.ts";
import { encodeSafetensors, type Safetensors } from "../weights/safetensors.ts";
import type { ExportOptions, World } from "./export-options.ts";
import { type Failure, usageError } from "./failure.ts";
import { document } from "./json.ts";
import { besideInputs, besideRun, byEnding } from "./output-file.ts";
import { openProgram } from "./program.ts";
import { compileRecipe } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";
import { isFolder, weightsOfRun } from "./weights-files.ts";

/** What is exported: a model, of a run with its weights. */
interface Exported {
  readonly model: Model;
  readonly loss: LossScale;
  readonly weights?: Safetensors;
  readonly sourceOf: (file: string) => string | undefined;
}

/** Files of a world beside each other, and a word on how they are used. */
interface Written {
  readonly files: ReadonlyArray<readonly [path: string, content: string | Uint8Array]>;
  readonly hint: string;
}

/** By its name, the ending of a world's files, and what of a model is written there. */
const worlds: {
  readonly [W in World]: { readonly ending: string; readonly written: (of: Exported, output: string) => Written };
} = {
  pytorch: {
    ending: ".py",
    written: ({ model, loss, weights, sourceOf }, output) => {
      const name = classNameOf(model.name);
      const beside = output.replace(/\.py$/i, ".safetensors");
      return {
        files: [
          [output, pytorchText(model, { loss, sourceOf })],
          ...(weights === undefined ? [] : [[beside, encodeSafetensors(weights)] as const]),
        ],
        hint: `The class is ${name}${weights === undefined ? "" : `; \`model.load("${beside}")\` reads the weights`}.`,
      };
    },
  },
};

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
    E.flatMap(() => (isFolder(path) ? besideRun(options.output, path) : besideInputs(options.output, [path]))),
    E.flatMap(() => (isFolder(path) ? ofRun(terminal, path, options) : ofProgram(terminal, path, options))),
    E.map((exported) => written(exported, options.output)),
    E.chainFirst(({ files }) => E.traverseArray(writeFile)(files)),
    E.map(({ files, hint }) =>
      options.json
        ? terminal.out(document({ of: path, files: files.map(([name]) => name) }))
        : terminal.err(`Wrote ${files.map(([name]) => name).join(" and ")}. ${hint}\n`),
    ),
  );
};

/** Options that would change nothing. */
const inVain = (path: string, world: World, options: ExportOptions): E.Either<Failure, void> => {
  const ofModules = [
    ["--target", options.target !== undefined],
    ["--exports", options.exports !== undefined],
    ["--readable", options.readable],
  ] as const;
  const ofPrograms = [
    ["--set", Object.keys(options.set).length > 0],
    ["--model", options.model !== undefined],
    ["--loss", options.loss !== undefined],
    ["--freeze", options.freeze !== undefined],
  ] as const;
  const ofRuns = [["--last", options.last]] as const;
  const asked = (all: ReadonlyArray<readonly [string, boolean]>): string =>
    all.flatMap(([name, isGiven]) => (isGiven ? [name] : [])).join(", ");
  if (asked(ofModules) !== "") return E.left(usageError(`${asked(ofModules)}: of modules alone, not of --to ${world}`));
  if (isFolder(path) && asked(ofPrograms) !== "")
    return E.left(usageError(`${asked(ofPrograms)}: of programs; what ${path} was trained with stays`));
  if (!isFolder(path) && asked(ofRuns) !== "")
    return E.left(usageError(`${asked(ofRuns)}: of runs; ${path} is no run's folder and has no weights`));
  return E.right(undefined);
};

const ofProgram = (terminal: Terminal, path: string, options: ExportOptions): E.Either<Failure, Exported> =>
  pipe(
    openProgram(terminal, path, {
      set: options.set,
      precision: "f64",
      json: options.json,
      ...(options.model === undefined ? {} : { model: options.model }),
      ...(options.loss === undefined ? {} : { loss: options.loss }),
      ...(options.freeze === undefined ? {} : { freeze: options.freeze }),
    }),
    E.map(({ source, compiled }) => ({
      model: compiled.elaborated,
      loss: options.loss ?? "mean",
      sourceOf: sourceIn(source.file, source.text),
    })),
  );

const ofRun = (terminal: Terminal, folder: string, options: ExportOptions): E.Either<Failure, Exported> =>
  pipe(
    loadRun(folder),
    E.mapLeft(usageError),
    E.bindTo("run"),
    E.bind("compiled", ({ run }) => compileRecipe(terminal, run.recipe)),
    E.map(({ run, compiled }) => ({
      model: compiled.elaborated,
      loss: run.recipe.settings.loss ?? "mean",
      weights: weightsOfRun(run, options.last),
      sourceOf: sourceIn(run.recipe.file, run.recipe.source),
    })),
  );

/** What stands in the program, or in a file that it imports. */
const sourceIn =
  (file: string, text: string) =>
  (wanted: string): string | undefined =>
    wanted === file ? text : textOfFile(wanted);

const writeFile = ([path, content]: readonly [string, string | Uint8Array]): E.Either<Failure, void> =>
  E.tryCatch(
    () => writeFileSync(path, content),
    (reason) => usageError(`I cannot write ${path} (${(reason as NodeJS.ErrnoException).code})`),
  );
