import { labelOf } from "../../../src/emit/javascript/names.ts";
import { readableText } from "../../../src/module/programs.ts";
import { placesOfLines } from "../../../src/plugin/places-of-lines.ts";
import { lineColumn } from "../../../src/syntax/position.ts";
import { programFile } from "../program.ts";
import type { Code, Given } from "../protocol.ts";
import { rightProgram } from "./compiled.ts";
import { equationLines } from "./equation-lines.ts";

/** The code of a program, each line with the lines of the model that it comes from. */
export const code = ({ of, ...program }: Given<"code">): Code => {
  const { target, program: name } = of;
  const compiled = rightProgram(program, { target, names: true });
  const placeOf = placesOfLines(compiled.elaborated);
  const linesOf = equationLines(program.source);
  const lines = indented(textOf());
  return {
    lines: lines.slice(0, mostLines).map((text) => {
      const from = labelsIn(text).flatMap((label) => {
        const place = placeOf(label);
        if (place?.span.file !== programFile) return [];
        const { line } = lineColumn(program.source, place.span.start);
        return linesOf(line, place.name.split(".").at(-1)!);
      });
      return { text, from: [...new Set(from)].sort((a, b) => a - b) };
    }),
    left: Math.max(0, lines.length - mostLines),
  };

  function textOf(): string {
    const circuit = name === "module" ? undefined : compiled.circuits[name];
    return circuit === undefined
      ? compiled.moduleText
      : readableText(circuit, { precision: "f32", target, names: true }, name);
  }
};

/** A line's own label; of a function of WebAssembly, whose lines have none, one for each value that it writes. */
const labelsIn = (line: string): ReadonlyArray<string> => {
  const written = /^ {2}\(func \(;\d+: .*?, of (.*?)(?:, loop \d+)?;\)/.exec(line)?.[1];
  return written === undefined ? [line] : written.split(", ").map(labelOf);
};

/** More of them no one reads in a page. */
const mostLines = 4000;

/** What back ends print has no indents where braces say the same. */
const indented = (text: string): ReadonlyArray<string> => {
  let depth = 0;
  return text.split("\n").map((line) => {
    const bare = line.trimStart();
    if (bare !== line) return line;
    const closing = /^[)}\]]+/.exec(bare) === null ? 0 : 1;
    const shown = "  ".repeat(Math.max(0, depth - closing)) + bare;
    const code = bare.replace(/\/\/.*$/, "");
    depth += (code.match(/[{]/g)?.length ?? 0) - (code.match(/[}]/g)?.length ?? 0);
    return shown;
  });
};
