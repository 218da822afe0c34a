import { readdirSync, readFileSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { type ElaborateOptions, elaborate } from "../../src/elaborate/elaborate.ts";
import { noOtherFiles, withStandardLibrary } from "../../src/std/load.ts";
import type { Diagnostic } from "../../src/syntax/diagnostic.ts";
import { parse } from "../../src/syntax/parse.ts";

const root = new URL("../../", import.meta.url);

const rnnFilesOf = (folder: string): ReadonlyArray<string> =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith(".rnn"))
    .sort()
    .map((name) => readFileSync(new URL(`${folder}/${name}`, root), "utf8"));

/** The programs of the project itself, every size given. A file of cells alone has a model that applies them. */
export const realPrograms: ReadonlyArray<string> = [
  ...rnnFilesOf("examples").map((source) => source.replace("(V, ", "(V = 5, ")),
  ...rnnFilesOf("src/std").map((cells) => cells + applied(cells)),
];

/** The text of a file that a diagnostic names: the standard cells', or that of the program itself. */
export const textOf =
  (source: string) =>
  (file: string): string =>
    file.startsWith("std/") ? readFileSync(new URL(`src/${file}`, root), "utf8") : source;

type Options = Omit<ElaborateOptions, "load">;

/** Everything that is said of a program, errors or else warnings. */
export const diagnosticsOf = (source: string, options: Options = { statics: {} }): ReadonlyArray<Diagnostic> =>
  pipe(
    parse(source, "model.rnn"),
    E.flatMap(elaborate({ ...options, load })),
    E.match(
      (errors) => errors,
      ({ warnings }): ReadonlyArray<Diagnostic> => warnings,
    ),
  );

const load = withStandardLibrary(noOtherFiles);

/** A model that applies the cells of one sequence and a size; where there is none, it is about nothing but its input. */
function applied(cells: string): string {
  const names = [...cells.matchAll(/^cell (\w+)\(n(?:, \w+ = \w+)*\)\(x\[t\]\)/gm)].map(([, name]) => name!);
  const equations = ["  output y[t] = x[t]\n", ...names.map((name) => `  output h${name}[t] = ${name}(3)(x[t])\n`)];
  return `\nmodel Applied {\n  axis t in 1..T\n  input x[t] : R[2]\n${equations.join("")}}\n`;
}
