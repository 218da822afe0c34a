import { readFileSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { NonEmptyArray } from "fp-ts/lib/NonEmptyArray.js";
import { type Compiled, type CompileOptions, compile } from "../compile.ts";
import type { Load } from "../elaborate/library.ts";
import { standardText } from "../std/library.ts";
import type { Diagnostic } from "../syntax/diagnostic.ts";
import { report } from "../syntax/report.ts";
import { importsOf } from "./imports.ts";

/** How programs are compiled that a tool finds: as `compile` does it, but for what follows from where they stand. */
export type PluginOptions = Omit<CompileOptions, "file" | "names">;

export interface CompiledFile {
  readonly compiled: Compiled;
  /** The files that it was made from, itself among them. */
  readonly files: ReadonlyArray<string>;
}

/** Compiles the program in a file, with what it imports from beside it. */
export const compileFile = (
  file: string,
  source: string,
  options: PluginOptions,
): E.Either<NonEmptyArray<Diagnostic>, CompiledFile> => {
  const files = new Set([file]);
  const imports = importsOf(file);
  const load: Load = (from, importer, names) =>
    pipe(
      imports(from, importer, names),
      E.map((found) => {
        if (found.file !== "std") files.add(found.file);
        return found;
      }),
    );
  return pipe(
    compile(source, { ...options, file, names: true }, load),
    E.map((compiled) => ({ compiled, files: [...files] })),
  );
};

/** The text of a file that places are in; of one that is gone, nothing. */
export const textOfFile = (file: string): string =>
  standardText(file) ??
  pipe(
    E.tryCatch(
      () => readFileSync(file, "utf8"),
      () => "",
    ),
    E.toUnion,
  );

/** A diagnostic as people read it, of a program whose text is at hand. */
export const reporterOf = (file: string, source: string): ((diagnostic: Diagnostic) => string) =>
  report((name) => (name === file ? source : textOfFile(name)), false);
