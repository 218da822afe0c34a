import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as J from "fp-ts/lib/Json.js";
import * as t from "io-ts";

/** What `npm init` writes: Node then takes every `.js` for CommonJS, and does not look for `export`. */
const CommonJsPackage = t.type({ type: t.literal("commonjs") });

/** The package.json for whose sake Node would refuse a module at this path. */
export const packageOfCommonJs = (output: string): string | undefined => {
  if (extname(output) !== ".js") return undefined;
  const file = foldersAbove(resolve(output))
    .map((folder) => join(folder, "package.json"))
    .find((path) => existsSync(path));
  return file !== undefined && isCommonJs(file) ? file : undefined;
};

/** From the innermost to the root. */
const foldersAbove = (path: string): ReadonlyArray<string> => {
  const folder = dirname(path);
  return folder === path ? [] : [folder, ...foldersAbove(folder)];
};

const isCommonJs = (file: string): boolean =>
  pipe(
    E.tryCatch(() => readFileSync(file, "utf8"), E.toError),
    E.flatMap((text) => E.mapLeft(E.toError)(J.parse(text))),
    E.exists(CommonJsPackage.is),
  );
