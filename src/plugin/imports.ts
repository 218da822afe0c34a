import { readFileSync, realpathSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Load } from "../elaborate/library.ts";
import { standardText } from "../std/library.ts";
import { withStandardLibrary } from "../std/load.ts";
import { parse } from "../syntax/parse.ts";
import { lineColumn } from "../syntax/position.ts";

/**
 * Finds `"std"`, and files relative to the importing one that lie in the folder of the program (or below it). On the
 * left, why an import cannot be read.
 */
export const importsOf = (program: string): Load =>
  withStandardLibrary((from, importer) =>
    pipe(
      E.Do,
      E.bind("root", () => realPath(dirname(resolve(program)))),
      E.bind("file", () => realPath(resolve(dirname(resolve(importer)), from))),
      E.filterOrElse(
        ({ root, file }) => file.startsWith(root.endsWith(sep) ? root : root + sep),
        () => "it lies outside the folder of the program",
      ),
      E.flatMap(({ file }) => parseFile(relative(process.cwd(), file))),
    ),
  );

/** The same, telling first where each file must stand that is not one of the standard cells. */
export const heardImports =
  (load: Load, hear: (file: string) => void): Load =>
  (from, importer, names) => {
    if (from !== "std" && standardText(importer) === undefined) hear(resolve(dirname(resolve(importer)), from));
    return load(from, importer, names);
  };

const realPath = (path: string): E.Either<string, string> =>
  E.tryCatch(
    () => realpathSync(path),
    () => "there is no such file",
  );

const parseFile = (file: string) =>
  pipe(
    E.tryCatch(
      () => readFileSync(file, "utf8"),
      () => "it cannot be read",
    ),
    E.flatMap((text) =>
      pipe(
        parse(text, file),
        E.bimap(
          ([{ message, labels }]) => `line ${lineColumn(text, labels[0].span.start).line} of it is wrong: ${message}`,
          (program) => ({ file, program }),
        ),
      ),
    ),
  );
