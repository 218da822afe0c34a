import { dirname, relative } from "node:path";
import { addMapping, GenMapping, maybeAddMapping, setSourceContent, toEncodedMap } from "@jridgewell/gen-mapping";
import type { Compiled } from "../compile.ts";
import { labelOf } from "../emit/javascript/names.ts";
import { standardText } from "../std/library.ts";
import { lineColumn } from "../syntax/position.ts";
import type { Span } from "../syntax/span.ts";
import { textOfFile } from "./compile-file.ts";

export type SourceMap = ReturnType<typeof toEncodedMap>;

/**
 * Where each line of a module comes from: a statement that gives a variable its value, or its adjoint, from the equation
 * of the variable. A debugger then stops on the equation. What stands between is the run time's, and has no place.
 */
export const sourceMapOf = ({ moduleText, elaborated }: Compiled, file: string): SourceMap => {
  const map = new GenMapping({ file });
  const known = placesByLabel(elaborated.circuit.nodes);
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
    const at = line.lastIndexOf(labelOf(""));
    const place = at < 0 ? undefined : known.get(line.slice(at));
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

interface Named {
  readonly name: string;
  readonly span: Span;
}

const placesByLabel = (
  nodes: ReadonlyArray<{ readonly name?: string; readonly span?: Span }>,
): ReadonlyMap<string, Named> =>
  new Map(
    nodes.flatMap(({ name, span }) =>
      name === undefined || span === undefined
        ? []
        : [name, `∂${name}`].map((title) => [labelOf(title), { name, span }] as const),
    ),
  );
