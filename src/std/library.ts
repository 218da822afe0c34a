import { readdirSync, readFileSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { CompilerFault } from "../fault.ts";
import { parse } from "../syntax/parse.ts";
import type { Program } from "../syntax/tree.ts";

/** The standard cells, `import … from "std"`: every `.rnn` file of this folder, as one program. */
export const standardLibrary = (): Program => {
  const folder = new URL(".", import.meta.url);
  const programs = readdirSync(folder)
    .filter((name) => name.endsWith(".rnn"))
    .sort()
    .map((name) => parseStandard(readFileSync(new URL(name, folder), "utf8"), `std/${name}`));
  return {
    imports: [],
    definitions: programs.flatMap(({ definitions }) => definitions),
    span: { file: "std", start: 0, end: 0 },
  };
};

/** The text of one of those files, by the name that its places carry. */
export const standardText = (file: string): string | undefined => {
  const folder = new URL(".", import.meta.url);
  const name = readdirSync(folder).find((each) => each.endsWith(".rnn") && `std/${each}` === file);
  return name === undefined ? undefined : readFileSync(new URL(name, folder), "utf8");
};

const parseStandard = (source: string, file: string): Program => {
  const parsed = parse(source, file);
  if (E.isLeft(parsed)) throw new CompilerFault("std", `${file} does not parse: ${parsed.left[0].message}`);
  return parsed.right;
};
