import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Plotted } from "../views/chart/plotted.ts";
import { type Failure, usageError } from "./failure.ts";
import type { MeasuredRun, MeasuringOptions } from "./measured-run.ts";
import { besideRun } from "./output-file.ts";
import { formatOf } from "./picture-format.ts";
import type { Format } from "./show-options.ts";
import { compiledForPlots, plotFormats, plotOfExample } from "./show-plot.ts";
import type { Terminal } from "./terminal.ts";

/** What `rnnc eval` draws beside its measures. */
export interface PlottingOptions extends Pick<MeasuringOptions, "data" | "last"> {
  readonly plot?: string;
  readonly example?: number;
  readonly length: Readonly<Record<string, number>>;
  readonly output?: string;
}

/** As what the picture comes, by the ending of its file: known before anything is measured. */
export const pictureAsked = (folder: string, options: PlottingOptions): E.Either<Failure, Format> => {
  const { plot, output, data } = options;
  const [vain] = Object.entries({ example: options.example, output, length: Object.keys(options.length)[0] }).flatMap(
    ([name, value]) => (value === undefined ? [] : [name]),
  );
  if (plot === undefined && vain !== undefined)
    return E.left(usageError(`--${vain} says how --plot is drawn, and nothing is to be`));
  return pipe(
    besideRun(output, folder, data),
    E.flatMap(() => formatOf(plotFormats, "a plot", { json: false, ...(output === undefined ? {} : { output }) })),
    E.map(([format]) => format),
  );
};

/** What `rnnc show RUN --plot` draws, of the data that are measured. */
export const plotOf = (
  terminal: Terminal,
  folder: string,
  { plot, example, length, last = false }: PlottingOptions,
  { run, data }: MeasuredRun,
): E.Either<Failure, Plotted | undefined> =>
  plot === undefined
    ? E.right(undefined)
    : pipe(
        // What is to be said of the program was said when it was measured.
        compiledForPlots({ ...terminal, err: () => {} }, run),
        E.flatMap((compiled) =>
          plotOfExample(
            folder,
            plot,
            { run, compiled, data },
            { length, last, ...(example === undefined ? {} : { example }) },
          ),
        ),
      );
