import { closeSync, constants, existsSync, fstatSync, openSync, readdirSync, readSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { runnableTarget } from "../native/runnable.ts";
import { writeAtomically } from "./atomic-file.ts";
import { type FileProblem, withFiles } from "./file-problem.ts";
import { decodeRun, encodeRun, otherFormat, type Run } from "./run.ts";
import { type Files, isLeftOver, manifestName, type Read } from "./run-files.ts";

/** The file that says what a run is, and which files of its folder are its own. */
const manifestIn = (folder: string): string => join(folder, manifestName);

export const holdsRun = (folder: string): boolean => existsSync(manifestIn(folder));

/**
 * Writes the files of a generation beside those of the one before, the manifest last: until then the folder holds the old
 * run, from then on the new one. Only then what no manifest names any more is removed, also what an interrupted save
 * left. Nobody else may write into the folder meanwhile (`lockFolder`).
 */
export const saveRun = (folder: string, run: Run): E.Either<FileProblem, void> => {
  const files = encodeRun(run);
  const before = new Set(namesIn(folder));
  return pipe(
    [...files],
    E.traverseArray(([name, bytes]) => writeAtomically(join(folder, name), bytes)),
    E.bimap(
      (problem) => {
        // The manifest may stand there though the system would not promise to keep it.
        if (!isThere(folder, files))
          removeAll(
            folder,
            [...files.keys()].filter((name) => !before.has(name)),
          );
        return problem;
      },
      () =>
        removeAll(
          folder,
          namesIn(folder).filter((name) => isLeftOver(name) && !files.has(name)),
        ),
    ),
  );
};

const isThere = (folder: string, files: Files): boolean =>
  E.exists((manifest: Uint8Array) => sameBytes(manifest, files.get(manifestName)!))(wholeFile(manifestIn(folder)));

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** A training may save the next generation, and remove this one, while it is read: then the next is read. */
export const loadRun = (folder: string, turns = 20): E.Either<string, Run> =>
  pipe(
    wholeFile(manifestIn(folder)),
    E.mapLeft((reason) => (reason === absent ? noRun(folder) : `I cannot read ${manifestIn(folder)}: ${reason}`)),
    E.flatMap((manifest) =>
      pipe(
        decodeRun(manifest, filesOf(folder)),
        E.map(runnable),
        E.orElse(({ file, reason }) =>
          turns > 0 && E.exists((now: Uint8Array) => !sameBytes(manifest, now))(wholeFile(manifestIn(folder)))
            ? loadRun(folder, turns - 1)
            : E.left(`I cannot read ${join(folder, file)}: ${reason}`),
        ),
      ),
    ),
  );

/** A run as it can go on here, whatever machine it was trained on. */
const runnable = (run: Run): Run =>
  run.recipe.target === null ? run : { ...run, recipe: { ...run.recipe, target: runnableTarget(run.recipe.target) } };

const filesOf =
  (folder: string): Read =>
  (name, bytes) =>
    wholeFile(join(folder, name), bytes);

const noRun = (folder: string): string =>
  existsSync(join(folder, singleFile))
    ? `I cannot read ${join(folder, singleFile)}: ${otherFormat(2)}`
    : `I find no run in ${folder} (there is no ${manifestIn(folder)})`;

/** What held a whole run in the formats before this one. */
const singleFile = "run.rnnc";

const absent = "there is no such file";

/** To open a pipe would wait for who writes into it. */
const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The bytes of a file, if it has as many as are expected: nothing is allocated beyond them. */
const wholeFile = (path: string, expected?: number): E.Either<string, Uint8Array> =>
  pipe(
    withFiles(path, () => {
      const file = openSync(path, withoutWaiting);
      try {
        const stat = fstatSync(file);
        if (!stat.isFile()) return E.left("it is no file");
        if (expected !== undefined && stat.size !== expected)
          return E.left(`it has ${stat.size} bytes where ${expected} were saved`);
        const bytes = Buffer.alloc(stat.size);
        let at = 0;
        for (let read = -1; read !== 0 && at < bytes.length; at += read)
          read = readSync(file, bytes, at, bytes.length - at, at);
        return at === bytes.length ? E.right(bytes) : E.left("it has become shorter while it was read");
      } finally {
        closeSync(file);
      }
    }),
    E.mapLeft(({ code }) => (code === "ENOENT" || code === "ENOTDIR" ? absent : code)),
    E.flatten,
  );

const namesIn = (folder: string): ReadonlyArray<string> =>
  pipe(
    withFiles(folder, () => readdirSync(folder)),
    E.getOrElse((): ReadonlyArray<string> => []),
  );

/** What cannot be removed is in nobody's way. */
const removeAll = (folder: string, names: ReadonlyArray<string>): void => {
  for (const name of names) withFiles(folder, () => rmSync(join(folder, name), { force: true }));
};
