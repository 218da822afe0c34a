import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { usualResampling } from "../measure/bootstrap.ts";
import { reportJson } from "../measure/json.ts";
import { counted, reportText } from "../measure/table.ts";
import type { Run } from "../train/run.ts";
import { chosenMeasure } from "../train/watch.ts";
import type { Failure } from "./failure.ts";
import { type MeasuredRun, type MeasuringOptions, measuredRun } from "./measured-run.ts";
import type { Terminal } from "./terminal.ts";

export interface EvaluateRunOptions extends MeasuringOptions {
  readonly json: boolean;
}

/** `rnnc eval RUN [--data FILE…]` */
export const evaluateRun =
  (terminal: Terminal) =>
  (folder: string, options: EvaluateRunOptions): E.Either<Failure, void> =>
    pipe(
      measuredRun(terminal, folder, options),
      E.map((told) => terminal.out(shown(folder, options, told))),
    );

const shown = (
  folder: string,
  { json, last, seed }: EvaluateRunOptions,
  { run, data: { place }, report }: MeasuredRun,
): string => {
  const { weights, step } = weightsTold(run, last === true);
  if (json)
    return `${JSON.stringify({ run: folder, weights, step, data: place, ...usualResampling, seed, ...reportJson(report) })}\n`;
  const first = `${folder}, ${weights} weights (of step ${step}), on ${place}: ${counted(report.examples, "example")}`;
  return `${first}\n${reportText(report, usualResampling.resamples)}`;
};

/** Which weights are meant, and of which step they are. */
export const weightsTold = ({ training }: Run, isLast: boolean) => ({
  weights: isLast ? "last" : "best",
  step: isLast ? training.step : (chosenMeasure(training)?.step ?? training.step),
});
