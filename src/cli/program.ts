import { readFileSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { type Compiled, type CompileOptions, compile } from "../compile.ts";
import { textOfFile } from "../plugin/compile-file.ts";
import { heardImports, importsOf } from "../plugin/imports.ts";
import type { Diagnostic } from "../syntax/diagnostic.ts";
import { report } from "../syntax/report.ts";
import { type Failure, usageError } from "./failure.ts";
import { type LocatedDiagnostic, located } from "./json.ts";
import type { CommonOptions } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/** A program's text, with the path that messages name and that its imports are relative to. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

export interface Opened {
  readonly source: Source;
  readonly compiled: Compiled;
  /** Its warnings, for a command that answers as JSON. */
  readonly diagnostics: ReadonlyArray<LocatedDiagnostic>;
}

type ProgramOptions = Pick<
  CommonOptions,
  "set" | "model" | "precision" | "target" | "without" | "memory" | "threads"
> & {
  readonly json?: boolean;
  readonly optimiser?: NonNullable<CompileOptions["optimiser"]>;
  readonly wrt?: ReadonlyArray<string>;
  readonly freeze?: ReadonlyArray<string>;
  readonly loss?: NonNullable<CompileOptions["loss"]>;
  readonly exports?: NonNullable<CompileOptions["exports"]>;
  readonly names?: boolean;
  /** Which warnings the user is told on standard error; by default all, but for an answer as JSON, which holds them. */
  readonly isTold?: (warning: Diagnostic) => boolean;
  /** Hears of each file that is imported, whether it can be read or not. */
  readonly onImport?: (file: string) => void;
};

export const openProgram = (terminal: Terminal, file: string, options: ProgramOptions): E.Either<Failure, Opened> =>
  pipe(
    readProgram(file),
    E.flatMap((source) => compileProgram(terminal, source, options)),
  );

/** `-` is standard input. */
export const readProgram = (file: string): E.Either<Failure, Source> =>
  pipe(
    E.tryCatch(
      () => new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file === "-" ? 0 : file)),
      (reason) => usageError(`I cannot read ${file} (${(reason as NodeJS.ErrnoException).code})`),
    ),
    E.map((text) => ({ file, text })),
  );

/** Warnings go to standard error at once; errors are the failure, or its answer where that is JSON. */
export const compileProgram = (
  terminal: Terminal,
  source: Source,
  {
    set,
    precision,
    json,
    model,
    target,
    optimiser,
    wrt,
    freeze,
    loss,
    without,
    memory,
    threads,
    exports,
    names,
    isTold = () => json !== true,
    onImport = () => undefined,
  }: ProgramOptions,
): E.Either<Failure, Opened> => {
  const textIn = (file: string): string => textOf(source, file);
  const show = report(textIn, terminal.paint.isColorSupported);
  return pipe(
    compile(
      source.text,
      {
        file: source.file,
        statics: set,
        precision,
        ...(model === undefined ? {} : { model }),
        ...(target === undefined ? {} : { target }),
        ...(optimiser === undefined ? {} : { optimiser }),
        ...(wrt === undefined ? {} : { wrt }),
        ...(freeze === undefined ? {} : { freeze }),
        ...(loss === undefined ? {} : { loss }),
        ...(without === undefined ? {} : { without }),
        ...(memory === undefined ? {} : { memory }),
        ...(threads === undefined ? {} : { threads }),
        ...(exports === undefined ? {} : { exports }),
        ...(names === undefined ? {} : { names }),
      },
      heardImports(importsOf(source.file), onImport),
    ),
    E.bimap(
      (diagnostics): Failure =>
        json
          ? { tag: "program", text: "", answer: { file: source.file, diagnostics: diagnostics.map(located(textIn)) } }
          : { tag: "program", text: diagnostics.map((diagnostic) => `${show(diagnostic)}\n`).join("") },
      (compiled) => {
        terminal.err(
          compiled.warnings
            .filter(isTold)
            .map((warning) => `${show(warning)}\n`)
            .join(""),
        );
        return { source, compiled, diagnostics: compiled.warnings.map(located(textIn)) };
      },
    ),
    E.filterOrElse(
      ({ compiled }) => loss === undefined || compiled.model.hasLoss,
      ({ compiled }) => usageError(`${compiled.model.name} has no loss, so there is no --loss ${loss} of a batch`),
    ),
  );
};

/** The text of the program or of a file that it imports. */
const textOf = (source: Source, file: string): string => (file === source.file ? source.text : textOfFile(file));
