import { existsSync, statSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { loadRun } from "../train/run-folder.ts";
import { type Failure, usageError } from "./failure.ts";
import { document } from "./json.ts";
import { besideInputs, besideRun } from "./output-file.ts";
import { deliver, formatOf, inPoints } from "./picture-format.ts";
import { type Opened, openProgram } from "./program.ts";
import { courseOf, curveFormats } from "./show-curves.ts";
import type { Draw, Format, ProgramView, ShowOptions } from "./show-options.ts";
import { plotFormats, plotOfProgram, plotOfRun } from "./show-plot.ts";
import { strayOption } from "./show-stray.ts";
import { views } from "./show-views.ts";
import { compileRecipe } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";

/** `rnnc show FILE|RUN`: a picture of a program, its equations, what it is compiled to; how a run went, and its values. */
export const show =
  (terminal: Terminal) =>
  async (place: string, options: ShowOptions): Promise<E.Either<Failure, void>> => {
    const isRun = existsSync(place) && statSync(place).isDirectory();
    return pipe(
      settled(place, isRun, options),
      E.tap(() => (isRun ? besideRun(options.output, place, options.data) : besideInputs(options.output, [place]))),
      E.matchW(
        async (failure): Promise<Drawn> => E.left(failure),
        (draw) => draw(terminal, place, options),
      ),
      async (drawn) => pipe(await drawn, E.flatMap(deliver(terminal, options))),
    );
  };

type Drawn = E.Either<Failure, string | Uint8Array>;
type Drawing<A = Drawn> = (terminal: Terminal, place: string, options: ShowOptions) => Promise<A>;

/** What is wrong with the options is told before anything is computed. */
const settled = (place: string, isRun: boolean, options: ShowOptions): E.Either<Failure, Drawing> => {
  const { plot, view = isRun ? "curves" : "circuit" } = options;
  const stray = strayOption(isRun, view, options);
  if (stray !== undefined) return E.left(usageError(stray));
  if (plot !== undefined)
    return pipe(
      formatOf(plotFormats, "a plot", options),
      E.map(([format, print]) =>
        inFormat(format, async (terminal) =>
          E.map(print)((isRun ? plotOfRun : plotOfProgram)(terminal, place, plot, options)),
        ),
      ),
    );
  if (view === "curves")
    return isRun
      ? pipe(
          formatOf(curveFormats, "the view curves", options),
          E.map(([format, print]) => inFormat(format, async () => E.map(print)(courseOf(place)))),
        )
      : E.left(usageError(`${place} is a program; curves are of a run, which is a folder`));
  return pipe(
    drawOf(view, options),
    E.map(([format, draw]) =>
      inFormat(format, async (terminal) => {
        const opened = isRun ? openRun(terminal, place) : openProgram(terminal, place, { ...options, names: true });
        return E.isLeft(opened) ? opened : draw(opened.right, options, (line) => terminal.err(`${line}\n`));
      }),
    ),
  );
};

/** Points are made of the picture in SVG. */
const inFormat =
  (format: Format, draw: Drawing<E.Either<Failure, string>>): Drawing =>
  async (...given) => {
    const drawn = await draw(...given);
    return E.isLeft(drawn) ? drawn : inPoints(format)(drawn.right);
  };

/** The program of a run, as it was trained. */
const openRun = (terminal: Terminal, folder: string): E.Either<Failure, Opened> =>
  pipe(
    loadRun(folder),
    E.mapLeft(usageError),
    E.bindTo("run"),
    E.bind("compiled", ({ run }) => compileRecipe(terminal, run.recipe, { names: true })),
    E.map(({ run: { recipe }, compiled }) => ({
      source: { file: recipe.file, text: recipe.source },
      compiled,
      diagnostics: [],
    })),
  );

/** With `--json` the view's own JSON, or else its text within a document. */
const drawOf = (view: ProgramView, options: ShowOptions): E.Either<Failure, readonly [Format, Draw]> =>
  pipe(
    formatOf(views[view], `the view ${view}`, options),
    E.map(([format, draw]) => [
      format,
      options.json && format !== "json" && format !== "png" ? inDocument(draw, view, format) : draw,
    ]),
  );

const inDocument =
  (draw: Draw, view: ProgramView, format: Format): Draw =>
  async (opened, options, tell) =>
    pipe(
      await draw(opened, options, tell),
      E.map((text) => {
        const { source, diagnostics } = opened;
        return document({ file: source.file, diagnostics, view, format, text });
      }),
    );
