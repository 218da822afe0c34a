import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { type FileProblem, withFiles } from "./file-problem.ts";

/**
 * Writes a file so that, whatever interrupts, its path holds the old bytes or the new and never a part: a temporary
 * file beside it, fsync, rename, fsync of the folder. What was refused leaves nothing beside the old bytes.
 */
export const writeAtomically = (path: string, bytes: Uint8Array): E.Either<FileProblem, void> => {
  const folder = dirname(path);
  const temporary = `${path}.${process.pid}.tmp`;
  return pipe(
    withFiles(path, () => {
      mkdirSync(folder, { recursive: true });
      withFile(temporary, "w", (file) => {
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
        fsyncSync(file);
      });
      renameSync(temporary, path);
      withFile(folder, "r", fsyncSync);
    }),
    E.mapLeft((problem) => {
      withFiles(temporary, () => rmSync(temporary, { force: true }));
      return problem;
    }),
  );
};

const withFile = (path: string, flags: string, use: (file: number) => void): void => {
  const file = openSync(path, flags);
  try {
    use(file);
  } finally {
    closeSync(file);
  }
};
