import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { typesBeside, writeTypes } from "../plugin/types-beside.ts";
import { type Failure, usageError } from "./failure.ts";
import { document } from "./json.ts";
import type { CommonOptions } from "./options.ts";
import { openProgram } from "./program.ts";
import type { Terminal } from "./terminal.ts";

/** `rnnc types FILE…`: what a bundler writes beside the programs that it imports, for who checks types before it has run. */
export const types =
  (terminal: Terminal) =>
  (files: ReadonlyArray<string>, options: CommonOptions): E.Either<Failure, void> =>
    pipe(
      files,
      E.traverseArray((file) => written(terminal, file, options)),
      E.map((paths) =>
        options.json
          ? terminal.out(document({ types: paths }))
          : terminal.err(paths.map((path) => `Wrote ${path}.\n`).join("")),
      ),
    );

const written = (terminal: Terminal, file: string, options: CommonOptions): E.Either<Failure, string> =>
  pipe(
    file.endsWith(".rnn")
      ? openProgram(terminal, file, options)
      : E.left(usageError(`The types stand beside a file whose name ends in .rnn, unlike ${file}`)),
    E.flatMap(({ compiled }) =>
      E.tryCatch(
        () => writeTypes(file, compiled.declarationText),
        (reason) => usageError(`I cannot write ${typesBeside(file)} (${(reason as NodeJS.ErrnoException).code})`),
      ),
    ),
    E.map(() => typesBeside(file)),
  );
