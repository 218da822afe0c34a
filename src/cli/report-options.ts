import type { Command } from "commander";
import { withReadingOptions } from "./data-options.ts";
import type { MeasuringOptions } from "./measured-run.ts";
import { count, integer, json } from "./options.ts";

export interface ReportOptions extends MeasuringOptions {
  readonly out?: string;
  readonly json: boolean;
}

export const withReportOptions = (command: Command): Command =>
  withReadingOptions(command)
    .option("--data <file...>", "measure on these files, and show their examples, in place of what is held out")
    .option("-o, --out <file>", "the page to write (default: report.html in the run's folder)")
    .option("--last", "the last weights, not those of the lowest held-out loss", false)
    .option("--season <count>", "after how many rows series repeat themselves (default: found by itself)", count)
    .option("--seed <integer>", "what the draws of examples for intervals, and of samples, start from", integer, 1)
    .option(...json);
