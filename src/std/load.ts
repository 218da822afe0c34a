import * as E from "fp-ts/lib/Either.js";
import type { Program } from "../syntax/tree.ts";
import { standardLibrary } from "./library.ts";

/** Finds `"std"`; every other import is left to `next`. */
export const withStandardLibrary =
  (next: Load): Load =>
  (from, importer) => {
    if (from !== "std") return next(from, importer);
    library ??= standardLibrary();
    return E.right({ file: "std", program: library });
  };

/** Parsed once: the files are the compiler's own and do not change while it runs. */
let library: Program | undefined;

/** For a program that stands alone. */
export const noOtherFiles: Load = (from) => E.left(`no file "${from}" is given`);

type Load = (from: string, importer: string) => E.Either<string, { readonly file: string; readonly program: Program }>;
