import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { writeAtomically } from "../train/atomic-file.ts";
import { explainFileProblem, type FileProblem } from "../train/file-problem.ts";
import { type Failure, usageError } from "./failure.ts";

/** Writes a file that the user names, whole or not at all; folders on its way are made. What is refused is told. */
export const writeFile = (path: string, content: string | Uint8Array): E.Either<Failure, void> =>
  pipe(
    writeAtomically(path, typeof content === "string" ? new TextEncoder().encode(content) : content),
    E.mapLeft(unwritable),
  );

export const unwritable = (problem: FileProblem): Failure => usageError(explainFileProblem(problem));
