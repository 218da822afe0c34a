import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";

/** A path that could not be written, with what the system called the reason. */
export interface FileProblem {
  readonly tag: "unwritable";
  readonly path: string;
  readonly code: string;
}

/** Does something with files; what they refuse is on the left. */
export const withFiles = <A>(path: string, use: () => A): E.Either<FileProblem, A> =>
  E.tryCatch(
    use,
    (error): FileProblem => ({
      tag: "unwritable",
      path,
      code: (error as NodeJS.ErrnoException).code ?? String(error),
    }),
  );

export const explainFileProblem = ({ path, code }: FileProblem): string =>
  pipe(reasons[code], (reason) => `I cannot write ${path} (${reason === undefined ? code : `${code}: ${reason}`})`);

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "there is no room left on the disk",
  EDQUOT: "there is no room left for this user on the disk",
  EFBIG: "the file would be too large",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "the disk can only be read",
  EEXIST: "a file stands where a folder is needed",
  ENOTDIR: "a file stands where a folder is needed",
  EISDIR: "a folder stands where the file is to be",
  ENOTEMPTY: "a folder stands where the file is to be",
  ENAMETOOLONG: "a name in it is too long",
};
