import * as E from "fp-ts/lib/Either.js";
import { CompilerFault } from "../fault.ts";
import { parse } from "../syntax/parse.ts";
import type { Definition, Program } from "../syntax/tree.ts";
import { standardTexts } from "./generated/cells.ts";
import { standardCells, type Written } from "./written.ts";

/** The standard cells, `import … from "std"`: every `.rnn` file of this folder, as one program. */
export const standardLibrary = (): Program => programOf([...standardCells().keys()]);

/** Of the library, these cells and what they refer to; undefined where it lacks one of them. */
export const standardLibraryOf = (names: ReadonlyArray<string>): Program | undefined =>
  names.every(isStandard) ? programOf(withReferences(names)) : undefined;

export const isStandard = (name: string): boolean => standardCells().has(name);

/** The text of one of those files, by the name that its places carry. */
export const standardText = (file: string): string | undefined =>
  Object.entries(standardTexts).find(([name]) => `std/${name}` === file)?.[1];

const programOf = (names: ReadonlyArray<string>): Program => ({
  imports: [],
  definitions: names.map(definitionOf),
  span: { file: "std", start: 0, end: 0 },
});

const withReferences = (names: ReadonlyArray<string>): ReadonlyArray<string> => {
  const found = new Set(names);
  // What a set gains while it is walked is walked as well.
  for (const name of found) for (const word of standardCells().get(name)!.words) if (isStandard(word)) found.add(word);
  return [...found];
};

const definitionOf = (name: string): Definition => {
  const made = definitions.get(name) ?? parseStandard(standardCells().get(name)!);
  definitions.set(name, made);
  return made;
};

/** Parsed once: the files are the compiler's own and do not change while it runs. */
const definitions = new Map<string, Definition>();

/** What stands before it in its file becomes blanks, so that its places stay. */
const parseStandard = ({ file, start, end }: Written): Definition => {
  const parsed = parse(" ".repeat(start) + standardText(file)!.slice(start, end), file);
  if (E.isLeft(parsed)) throw new CompilerFault("std", `${file} does not parse: ${parsed.left[0].message}`);
  const [definition, ...others] = parsed.right.definitions;
  if (definition === undefined || others.length > 0) throw new CompilerFault("std", `${file} has no cell at ${start}`);
  return definition;
};
