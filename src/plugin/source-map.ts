import { dirname, relative } from "node:path";
import { addMapping, GenMapping, maybeAddMapping, setSourceContent, toEncodedMap } from "@jridgewell/gen-mapping";
import type { Compiled } from "../compile.ts";
import { standardText } from "../std/library.ts";
import { lineColumn } from "../syntax/position.ts";
import { textOfFile } from "./compile-file.ts";
import { placesOfLines } from "./places-of-lines.ts";

export type SourceMap = ReturnType<typeof toEncodedMap>;

/**
 * Where each line of a module comes from: a statement that gives a variable its value, or its adjoint, from the equation
 * of the variable. A debugger then stops on the equation. What stands between is the run time's, and has no place.
 */
export const sourceMapOf = ({ moduleText, elaborated }: Compiled, file: string): SourceMap => {
  const map = new GenMapping({ file });
  const placeOf = placesOfLines(elaborated);
  const texts = new Map<string, string>();
  const textOf = (name: string): string => {
    const text = texts.get(name) ?? textOfFile(name);
    if (!texts.has(name)) setSourceContent(map, sourceName(file, name), text);
    texts.set(name, text);
    return text;
  };
  // Rollup takes the first source for the module, and knows no others.
  textOf(file);
  for (const [i, line] of moduleText.split("\n").entries()) {
    const place = placeOf(line);
    if (place === undefined) {
      maybeAddMapping(map, { generated: { line: i + 1, column: 0 } });
      continue;
    }
    const { name, span } = place;
    const { line: row, column } = lineColumn(textOf(span.file), span.start);
    const generated = { line: i + 1, column: line.length - line.trimStart().length };
    const original = { line: row, column: column - 1 };
    addMapping(map, { generated, source: sourceName(file, span.file), original, name });
  }
  return toEncodedMap(map);
};

/** From where the program stands; the standard cells stand nowhere. */
const sourceName = (program: string, file: string): string =>
  standardText(file) === undefined ? relative(dirname(program), file) : file;
