import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { usualResampling } from "../measure/bootstrap.ts";
import { reportJson } from "../measure/json.ts";
import { counted, reportText } from "../measure/table.ts";
import type { Run } from "../train/run.ts";
import { chosenMeasure } from "../train/watch.ts";
import { plotJson, plotText } from "../views/chart/plot.ts";
import type { Plotted } from "../views/chart/plotted.ts";
import { type PlottingOptions, pictureAsked, plotOf } from "./evaluate-plot.ts";
import type { Failure } from "./failure.ts";
import { type MeasuredRun, type MeasuringOptions, measuredRun } from "./measured-run.ts";
import { deliver, inPoints } from "./picture-format.ts";
import { plotFormats } from "./show-plot.ts";
import type { Terminal } from "./terminal.ts";

export interface EvaluateRunOptions extends MeasuringOptions, PlottingOptions {
  readonly json: boolean;
}

/** `rnnc eval RUN [--data FILE…] [--plot a]` */
export const evaluateRun =
  (terminal: Terminal) =>
  async (folder: string, options: EvaluateRunOptions): Promise<E.Either<Failure, void>> => {
    const measured = pipe(
      pictureAsked(folder, options),
      E.bindTo("format"),
      E.bind("told", () => measuredRun(terminal, folder, options)),
      E.bind("plotted", ({ told }) => plotOf(terminal, folder, options, told)),
    );
    if (E.isLeft(measured)) return measured;
    const { format, told, plotted } = measured.right;
    if (plotted === undefined || options.output === undefined) {
      terminal.out(shown(folder, options, told, plotted));
      return E.right(undefined);
    }
    const drawn = await inPoints(format)(plotFormats.get(format === "png" ? "svg" : format)!(plotted));
    return pipe(
      drawn,
      E.tap(() => E.right(terminal.out(shown(folder, options, told, undefined)))),
      E.flatMap(deliver(terminal, options)),
    );
  };

const shown = (
  folder: string,
  { json, last, seed, weights: storage }: EvaluateRunOptions,
  { run, data: { place }, report }: MeasuredRun,
  plotted: Plotted | undefined,
): string => {
  const told = weightsTold(run, last === true);
  const { step } = told;
  const kept = storage === undefined || storage === "plain" ? "" : ` as ${storage}`;
  if (json) {
    const weights = `${told.weights}${kept}`;
    const beside = plotted === undefined ? {} : { plot: JSON.parse(plotJson(plotted)) };
    return `${JSON.stringify({ run: folder, weights, step, data: place, ...usualResampling, seed, ...reportJson(report), ...beside })}\n`;
  }
  const first = `${folder}, ${told.words(kept)}, on ${place}: ${counted(report.examples, "example")}`;
  const table = `${first}\n${reportText(report, usualResampling.resamples)}`;
  return plotted === undefined ? table : `${table}\n${plotText(plotted)}`;
};

/**
 * Which weights are meant, and of which step they are. Where none were measured, as without anything held out or once others
 * were imported, none are the best: they are those that the run has.
 */
export const weightsTold = ({ training }: Run, isLast: boolean) => {
  const best = isLast ? null : chosenMeasure(training);
  const isMeasured = isLast || best !== null;
  const weights = best === null ? "last" : "best";
  const step = best?.step ?? training.step;
  const words = (kept = "") =>
    isMeasured ? `${weights}${kept} weights (of step ${step})` : `the weights${kept} that it has at step ${step}`;
  return { weights, step, words };
};
