import * as E from "fp-ts/lib/Either.js";
import type { Program } from "../syntax/tree.ts";
import { standardLibrary, standardLibraryOf } from "./library.ts";

/** Finds `"std"`, of which it parses what is named and no more; every other import is left to `next`. */
export const withStandardLibrary =
  (next: Load): Load =>
  (from, importer, names) =>
    from === "std"
      ? E.right({ file: "std", program: standardLibraryOf(names) ?? standardLibrary() })
      : next(from, importer, names);

/** For a program that stands alone. */
export const noOtherFiles: Load = (from) => E.left(`no file "${from}" is given`);

type Load = (
  from: string,
  importer: string,
  names: ReadonlyArray<string>,
) => E.Either<string, { readonly file: string; readonly program: Program }>;
