import { type Command, InvalidArgumentError, Option } from "commander";
import type { Drawing } from "../data/drawing.ts";
import { type ReadingOptions, withReadingOptions } from "./data-options.ts";
import { count, json, positive } from "./options.ts";

export interface GenerateCommandOptions extends ReadingOptions {
  /** By default 500, or as far as the model and an example's inputs reach. */
  readonly length?: number;
  readonly mode?: boolean;
  readonly temperature?: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly beam?: number;
  readonly lengthPenalty?: number;
  readonly several?: number;
  readonly prefix?: string;
  readonly data?: ReadonlyArray<string>;
  readonly out?: string;
  readonly seed: number;
  readonly json: boolean;
  readonly last?: boolean;
}

export const withGenerateOptions = (command: Command): Command =>
  withReadingOptions(command)
    .option("--data <file...>", "for each of these examples what the model draws from it, one a line as JSON")
    .option("-o, --out <file>", outTold)
    .option("--length <count>", "how many steps at the most (default: 500, or as many as there are inputs)", count)
    .addOption(ofDraws("--temperature <factor>", "below 1 more likely, above 1 more varied", positive))
    .addOption(ofDraws("--mode", "take the most probable symbol instead of drawing"))
    .addOption(ofDraws("--top-k <count>", "draw from so many of the most probable symbols alone", count))
    .addOption(ofDraws("--top-p <share>", "draw from the fewest symbols that together are so probable", share))
    .option("--beam <width>", "search the most probable sequences, going on from so many beginnings", count)
    .option("--length-penalty <power>", "with --beam: the higher, the better long sequences stand", penalty)
    .option("--several <count>", "so many of each; with --beam the best of them, at most its width", count)
    .option("--last", "the last weights, not those of the lowest held-out loss", false)
    .option("--prefix <text>", "text to go on from")
    .option("--seed <integer>", "what random numbers start from", count, 1)
    .option(...json);

const outTold =
  "write it to a file: what is drawn from examples as a table (.csv or .tsv) or as lines of JSON (.jsonl), a text as it is (.txt)";

/** A beam draws nothing. */
const ofDraws = (flags: string, description: string, parse?: (text: string) => number): Option => {
  const option = new Option(flags, description).conflicts("beam");
  return parse === undefined ? option : option.argParser(parse);
};

const share = (text: string): number => {
  const value = positive(text);
  if (value > 1) throw new InvalidArgumentError("I expected a number above 0 and at most 1.");
  return value;
};

const penalty = (text: string): number => (/^0*(\.0*)?$/.test(text) ? 0 : positive(text));

/** What of that is wrong, in the words of the command line. */
export const problemOf = ({ beam, lengthPenalty, several = 1 }: GenerateCommandOptions): string | undefined => {
  if (beam === undefined) return lengthPenalty === undefined ? undefined : "--length-penalty is of a --beam";
  return several > beam ? `--several ${several} is more than --beam ${beam} can find` : undefined;
};

/** How is drawn, without what says from what. */
export const drawingOfOptions = ({
  length,
  mode,
  temperature,
  topK,
  topP,
  beam,
  lengthPenalty,
  several,
  seed,
}: Omit<GenerateCommandOptions, "json">): Drawing => ({
  seed,
  ...(mode === true ? { choose: "mode" } : {}),
  ...(length === undefined ? {} : { length }),
  ...(temperature === undefined ? {} : { temperature }),
  ...(topK === undefined ? {} : { topK }),
  ...(topP === undefined ? {} : { topP }),
  ...(beam === undefined ? {} : { beam }),
  ...(lengthPenalty === undefined ? {} : { lengthPenalty }),
  ...(several === undefined ? {} : { several }),
});
