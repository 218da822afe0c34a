import type { Command } from "commander";
import { type ReadingOptions, withReadingOptions } from "./data-options.ts";
import { count, inputNames, integer, json, lengths, type Statics, withProgramOptions } from "./options.ts";
import type { ShowOptions } from "./show-options.ts";

export interface FlowOptions extends ReadingOptions {
  readonly set: Statics;
  readonly model?: string;
  readonly of?: ReadonlyArray<ReadonlyArray<string>>;
  readonly length: ShowOptions["length"];
  readonly seed: number;
  readonly data?: ReadonlyArray<string>;
  readonly example?: number;
  readonly last: boolean;
  readonly json: boolean;
  readonly output?: string;
}

export const withFlowOptions = (command: Command): Command =>
  withReadingOptions(
    withProgramOptions(command)
      .option(
        "--of <names>",
        "whose flow: a state, or several as one, as in h,c (repeatable; by default each state)",
        subject,
      )
      .option(
        "--length <T=30>",
        "how long a random example is (repeatable; default: 30), or how much of a text is taken",
        lengths("T=30"),
        {},
      )
      .option("--seed <integer>", "of a program: what parameters and the example are drawn from", integer, 1)
      .option("--data <file...>", "of a run: take the example from these files, not from what is held out")
      .option("--example <number>", "of a run: which example, from 1 (default: 1)", count)
      .option("--last", "of a run: the last weights, not those of the lowest held-out loss", false),
  )
    .option(...json)
    .option("-o, --output <path>", "write a picture (.svg), a page (.html) or numbers (.json) to a file");

const subject = (
  text: string,
  before: ReadonlyArray<ReadonlyArray<string>> = [],
): ReadonlyArray<ReadonlyArray<string>> => [...before, inputNames(text)];
