import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { type Failure, usageError } from "./failure.ts";
import { byEnding, type Endings } from "./output-file.ts";
import { pngOf } from "./png.ts";
import type { Format, ShowOptions } from "./show-options.ts";
import type { Terminal } from "./terminal.ts";
import { writeFile } from "./write-file.ts";

/** The format that is asked for, or that the output's ending says, and what draws in it: points are made of an SVG. */
export const formatOf = <A>(
  drawn: ReadonlyMap<Format, A>,
  what: string,
  { json, format, output }: Pick<ShowOptions, "json" | "format" | "output">,
): E.Either<Failure, readonly [Format, A]> => {
  const formats = new Map([...drawn].flatMap(([name, draw]) => named(name).map((each) => [each, draw] as const)));
  const asked = format ?? (json ? (formats.has("json") ? "json" : "text") : undefined);
  const fitting = Object.fromEntries(Object.entries(endings).filter(([, each]) => formats.has(each)));
  const comes = `${what[0]!.toUpperCase()}${what.slice(1)} comes as`;
  return pipe(
    asked === undefined ? byEnding(output, fitting, "text", `${what} comes as`) : E.right(asked),
    E.filterOrElse(
      (wanted) => wanted !== "png" || output !== undefined || !formats.has("png"),
      () => usageError("A picture in points is no text: -o names the file that it is written to"),
    ),
    E.flatMap((wanted) =>
      pipe(
        formats.get(wanted),
        E.fromNullable(usageError(`${comes} ${[...formats.keys()].join(", ")}, not as ${wanted}`)),
        E.map((draw) => [wanted, draw] as const),
      ),
    ),
  );
};

const named = (format: Format): ReadonlyArray<Format> => (format === "svg" ? ["svg", "png"] : [format]);

/** What was drawn in SVG as points, if it is to be. */
export const inPoints =
  (format: Format) =>
  async (drawn: string): Promise<E.Either<Failure, string | Uint8Array>> =>
    format === "png" ? pngOf(drawn) : E.right(drawn);

const endings: Endings<Format> = {
  ".txt": "text",
  ".svg": "svg",
  ".png": "png",
  ".dot": "dot",
  ".gv": "dot",
  ".tex": "latex",
  ".rnn": "rnn",
  ".json": "json",
};

/** Into the file that is named, or onto standard output. */
export const deliver =
  (terminal: Terminal, { output }: Pick<ShowOptions, "output">) =>
  (drawn: string | Uint8Array): E.Either<Failure, void> =>
    output === undefined
      ? E.right(terminal.out(`${drawn}`))
      : pipe(
          writeFile(output, drawn),
          E.map(() => terminal.err(`Wrote ${output}.\n`)),
        );
