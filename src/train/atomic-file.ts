import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { type FileProblem, withFiles } from "./file-problem.ts";
import { makeFolders } from "./folders.ts";

/**
 * Writes a file so that, whatever interrupts, its path holds the old bytes or the new and never a part: a temporary
 * file beside it, fsync, rename, fsync of the folder. Folders on its way are made, and a file that is replaced hands on its
 * mode. What was refused leaves nothing beside the old bytes.
 */
export const writeAtomically = (path: string, bytes: Uint8Array): E.Either<FileProblem, void> =>
  writePartsAtomically(path, [E.right(bytes)]);

/**
 * The same of a file that is made part by part; where one cannot be made, there is no file. A link is followed. What is no
 * file, as /dev/stdout, is written to as it is.
 */
export const writePartsAtomically = <F>(
  path: string,
  parts: Iterable<E.Either<F, Uint8Array>>,
): E.Either<FileProblem | F, void> => {
  const found = withFiles(path, () => statSync(path, { throwIfNoEntry: false }));
  if (E.isLeft(found)) return found;
  const kind = found.right;
  if (kind?.isFIFO() || kind?.isCharacterDevice())
    return E.flatten(withFiles(path, () => withFile(path, "w", (file) => writeParts<FileProblem | F>(file, parts))));
  return replaced(path, kind?.isFile() ? { path: realpathSync(path), mode: kind.mode } : { path }, parts);
};

const replaced = <F>(
  path: string,
  target: { readonly path: string; readonly mode?: number },
  parts: Iterable<E.Either<F, Uint8Array>>,
): E.Either<FileProblem | F, void> => {
  const folder = dirname(target.path);
  const temporary = `${target.path}.${process.pid}.tmp`;
  return pipe(
    withFiles(path, (): E.Either<FileProblem | F, void> => {
      makeFolders(folder);
      const written = withFile(temporary, "w", (file) => {
        if (target.mode !== undefined) fchmodSync(file, target.mode);
        return E.tap(writeParts(file, parts), () => E.right(fsyncSync(file)));
      });
      if (E.isLeft(written)) return written;
      renameSync(temporary, target.path);
      withFile(folder, "r", fsyncSync);
      return written;
    }),
    E.flatten,
    E.mapLeft((problem) => {
      withFiles(temporary, () => rmSync(temporary, { force: true }));
      return problem;
    }),
  );
};

const writeParts = <F>(file: number, parts: Iterable<E.Either<F, Uint8Array>>): E.Either<F, void> => {
  for (const part of parts) {
    if (E.isLeft(part)) return part;
    for (let at = 0; at < part.right.length; ) at += writeSync(file, part.right, at);
  }
  return E.right(undefined);
};

const withFile = <A>(path: string, flags: string, use: (file: number) => A): A => {
  const file = openSync(path, flags);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
};
