import { writeFileSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { type Failure, usageError } from "./failure.ts";
import { document } from "./json.ts";
import { besideInputs, byEnding, type Endings } from "./output-file.ts";
import { openProgram } from "./program.ts";
import type { Draw, Format, ShowOptions } from "./show-options.ts";
import { views } from "./show-views.ts";
import type { Terminal } from "./terminal.ts";

/** `rnnc show FILE`: a picture of a program, its equations, or what it is compiled to. */
export const show =
  (terminal: Terminal) =>
  async (file: string, options: ShowOptions): Promise<E.Either<Failure, void>> => {
    const opened = pipe(
      drawOf(options),
      E.tap(() => besideInputs(options.output, [file])),
      E.bindTo("draw"),
      E.bind("program", () => openProgram(terminal, file, { ...options, names: true })),
    );
    if (E.isLeft(opened)) return opened;
    const { draw, program } = opened.right;
    return pipe(await draw(program, options), E.flatMap(deliver(terminal, options)));
  };

/** With `--json` the view's own JSON, or else its text within a document. */
const drawOf = ({ view, json, format, output }: ShowOptions): E.Either<Failure, Draw> => {
  const own = json && format === undefined ? views[view].get("json") : undefined;
  if (own !== undefined) return E.right(own);
  return pipe(
    format !== undefined || json
      ? E.right(format ?? "text")
      : byEnding(output, endingsOf(view), "text", `the view ${view} comes as`),
    E.flatMap((wanted) =>
      pipe(
        views[view].get(wanted),
        E.fromNullable(usageError(`The view ${view} comes as ${[...views[view].keys()].join(", ")}, not as ${wanted}`)),
        E.map((draw) => (json && wanted !== "json" ? inDocument(draw, wanted) : draw)),
      ),
    ),
  );
};

/** Of the formats in which a view comes. */
const endingsOf = (view: ShowOptions["view"]): Endings<Format> =>
  Object.fromEntries(Object.entries(endings).filter(([, format]) => views[view].has(format)));

const inDocument =
  (draw: Draw, format: Format): Draw =>
  async (opened, options) =>
    pipe(
      await draw(opened, options),
      E.map((text) => {
        const { source, diagnostics } = opened;
        return document({ file: source.file, diagnostics, view: options.view, format, text });
      }),
    );

const endings: Endings<Format> = {
  ".txt": "text",
  ".svg": "svg",
  ".dot": "dot",
  ".gv": "dot",
  ".tex": "latex",
  ".rnn": "rnn",
  ".json": "json",
};

const deliver =
  (terminal: Terminal, { output }: ShowOptions) =>
  (text: string): E.Either<Failure, void> =>
    output === undefined
      ? E.right(terminal.out(text))
      : pipe(
          E.tryCatch(
            () => writeFileSync(output, text),
            (reason) => usageError(`I cannot write ${output} (${(reason as NodeJS.ErrnoException).code})`),
          ),
          E.map(() => terminal.err(`Wrote ${output}.\n`)),
        );
