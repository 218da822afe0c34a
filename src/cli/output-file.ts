import { readdirSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import * as O from "fp-ts/lib/Option.js";
import { logName } from "../train/log.ts";
import { isLeftOver, manifestName } from "../train/run-files.ts";
import { loadRun } from "../train/run-folder.ts";
import { type Failure, usageError } from "./failure.ts";

/** How something may be written, by the endings of files' names in lower case. */
export type Endings<A> = Readonly<Record<string, A>>;

/**
 * What an ending says of a file, in whatever case it is written; of a name without an ending, or of no file, what is usual, if
 * anything is. Another ending is refused before anything is computed: `told` says what is written.
 */
export const byEnding = <A>(
  path: string | undefined,
  endings: Endings<A>,
  usual: NoInfer<A> | undefined,
  told: string,
): E.Either<Failure, A> => {
  const ending = extname(path ?? "").toLowerCase();
  const found = ending === "" ? usual : Object.hasOwn(endings, ending) ? endings[ending] : undefined;
  return found === undefined
    ? E.left(usageError(`-o ${path}: ${told} ${Object.keys(endings).join(", ")}`))
    : E.right(found);
};

/** A file that is read is never written over, under whatever name. */
export const besideInputs = (path: string | undefined, inputs: ReadonlyArray<string>): E.Either<Failure, void> => {
  const read = inputs.find((input) => path !== undefined && isSameFile(path, input));
  return read === undefined
    ? E.right(undefined)
    : E.left(
        usageError(`-o ${path}: that is ${read === path ? "the file" : `${read},`} which is read, and would be lost`),
      );
};

/**
 * Nor what a run is of: the files that it was trained on, its program, and what stands in its folder, but for pages and
 * other results that are written there.
 */
export const besideRun = (
  path: string | undefined,
  folder: string,
  inputs: ReadonlyArray<string> = [],
): E.Either<Failure, void> => {
  if (path === undefined) return E.right(undefined);
  const run = loadRun(folder);
  // That it is none is told where it is read.
  if (E.isLeft(run)) return besideInputs(path, inputs);
  const { recipe } = run.right;
  const own = readdirSync(folder).filter(isOfRun);
  const { files, heldOutFiles = [] } = recipe.data;
  return besideInputs(path, [
    ...inputs,
    ...own.map((name) => join(folder, name)),
    recipe.file,
    ...files,
    ...heldOutFiles,
  ]);
};

const isOfRun = (name: string): boolean => [manifestName, logName].includes(name) || isLeftOver(name);

const isSameFile = (a: string, b: string): boolean => {
  // What cannot be looked at is told where it is read or written.
  const [first, second] = [a, b].map((path) => O.tryCatch(() => statSync(path, { bigint: true }))).map(O.toUndefined);
  return first?.isFile() === true && second?.isFile() === true && first.dev === second.dev && first.ino === second.ino;
};
