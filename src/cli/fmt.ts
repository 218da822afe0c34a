import { chmodSync, realpathSync, statSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { format } from "../syntax/format.ts";
import { report } from "../syntax/report.ts";
import { writeAtomically } from "../train/atomic-file.ts";
import { type Failure, usageError } from "./failure.ts";
import { readProgram, type Source } from "./program.ts";
import type { Terminal } from "./terminal.ts";

export interface FmtOptions {
  readonly check: boolean;
}

/** `rnnc fmt FILE…`: writes each file anew in its layout, or standard input to standard output. */
export const fmt =
  (terminal: Terminal) =>
  (files: ReadonlyArray<string>, options: FmtOptions): E.Either<Failure, void> =>
    all(files.map((file) => formatFile(terminal, file, options)));

const formatFile = (terminal: Terminal, file: string, { check }: FmtOptions): E.Either<Failure, void> =>
  pipe(
    readProgram(file),
    E.bindTo("source"),
    E.bind("formatted", ({ source }) => formatSource(terminal, source)),
    E.flatMap(({ source, formatted }) => {
      if (check) return formatted === source.text ? E.right(undefined) : E.left(unformatted(file));
      if (file === "-") return E.right(terminal.out(formatted));
      return formatted === source.text ? E.right(undefined) : write(terminal, file, formatted);
    }),
  );

const formatSource = (terminal: Terminal, { file, text }: Source): E.Either<Failure, string> =>
  pipe(
    format(text, file),
    E.mapLeft((diagnostics) => {
      const show = report(text, terminal.paint.isColorSupported);
      return { tag: "program", text: diagnostics.map((diagnostic) => `${show(diagnostic)}\n`).join("") };
    }),
  );

const unformatted = (file: string): Failure => ({ tag: "program", text: `${file} is not formatted.\n` });

const write = (terminal: Terminal, file: string, text: string): E.Either<Failure, void> =>
  pipe(
    E.tryCatch(
      () => {
        // A link stays a link, and a file keeps its mode.
        const path = realpathSync(file);
        const { mode } = statSync(path);
        writeAtomically(path, new TextEncoder().encode(text));
        chmodSync(path, mode);
      },
      (reason) => usageError(`I cannot write ${file} (${(reason as NodeJS.ErrnoException).code})`),
    ),
    E.map(() => terminal.err(`Formatted ${file}.\n`)),
  );

/** Every file has its turn; what is told of those that failed is told together, as the first's kind of failure. */
const all = (results: ReadonlyArray<E.Either<Failure, void>>): E.Either<Failure, void> => {
  const failures = results.flatMap((result) => (E.isLeft(result) ? [result.left] : []));
  const [first] = failures;
  return first === undefined
    ? E.right(undefined)
    : E.left({ ...first, text: failures.map(({ text }) => text).join("") });
};
