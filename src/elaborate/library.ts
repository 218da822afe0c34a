import * as E from "fp-ts/lib/Either.js";
import type { Definition, Import, Program } from "../syntax/tree.ts";
import type { Report } from "./problem.ts";

/**
 * Finds the program that an import names; on the left, the reason why not. `names` are what is imported: a program that
 * has them all may leave out what they do not refer to.
 */
export type Load = (
  from: string,
  importer: string,
  names: ReadonlyArray<string>,
) => E.Either<string, { readonly file: string; readonly program: Program }>;

/** A definition, with the names that its own file knows. */
export interface Known {
  readonly definition: Definition;
  readonly home: Home;
}

export type Home = ReadonlyMap<string, Known>;

/** The definitions that a program sees: its own and those it imports, each with its home. */
export const definitionsOf = (program: Program, load: Load, report: Report): Home =>
  collect(program, [program.span.file], load, report);

const collect = (program: Program, importers: ReadonlyArray<string>, load: Load, report: Report): Home => {
  const home = new Map<string, Known>();
  const add = (name: string, known: Known, span: Definition["span"]): void => {
    const first = home.get(name);
    if (first === undefined) home.set(name, known);
    else report({ tag: "definedTwice", span, name, first: first.definition.name.span });
  };
  for (const definition of program.definitions) add(definition.name.text, { definition, home }, definition.name.span);
  for (const wanted of program.imports) {
    const found = open(wanted, importers, load, report);
    if (found === undefined) continue;
    for (const { text, span } of wanted.names) {
      const known = found.get(text);
      if (known !== undefined && known.definition.tag !== "model") add(text, known, span);
      else report({ tag: "missingImport", span, name: text, from: wanted.from, known: cellsOf(found) });
    }
  }
  return home;
};

const open = (wanted: Import, importers: ReadonlyArray<string>, load: Load, report: Report): Home | undefined => {
  const refuse = (reason: string): undefined => {
    report({ tag: "unreadableImport", span: wanted.fromSpan, from: wanted.from, reason });
    return undefined;
  };
  const names = wanted.names.map(({ text }) => text);
  const loaded = load(wanted.from, importers.at(-1)!, names);
  if (E.isLeft(loaded)) return refuse(loaded.left);
  const { file, program } = loaded.right;
  if (importers.includes(file)) return refuse(`it imports itself (${[...importers, file].join(" -> ")})`);
  return collect(program, [...importers, file], load, report);
};

const cellsOf = (home: Home): ReadonlyArray<string> =>
  [...home].flatMap(([name, { definition }]) => (definition.tag === "model" ? [] : [name]));
