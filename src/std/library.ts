import * as E from "fp-ts/lib/Either.js";
import { CompilerFault } from "../fault.ts";
import { parse } from "../syntax/parse.ts";
import type { Program } from "../syntax/tree.ts";
import { standardTexts } from "./generated/cells.ts";

/** The standard cells, `import … from "std"`: every `.rnn` file of this folder, as one program. */
export const standardLibrary = (): Program => {
  const programs = Object.entries(standardTexts).map(([name, text]) => parseStandard(text, `std/${name}`));
  return {
    imports: [],
    definitions: programs.flatMap(({ definitions }) => definitions),
    span: { file: "std", start: 0, end: 0 },
  };
};

/** The text of one of those files, by the name that its places carry. */
export const standardText = (file: string): string | undefined =>
  Object.entries(standardTexts).find(([name]) => `std/${name}` === file)?.[1];

const parseStandard = (source: string, file: string): Program => {
  const parsed = parse(source, file);
  if (E.isLeft(parsed)) throw new CompilerFault("std", `${file} does not parse: ${parsed.left[0].message}`);
  return parsed.right;
};
