import { type Command, InvalidArgumentError, Option } from "commander";
import type { Tokens } from "../data/coding/coding.ts";
import { type FormatName, formatNames, formats } from "../data/formats/formats.ts";
import type { DataPlan } from "../data/plan.ts";
import type { SplitBy } from "../data/split-by.ts";
import { count, inputNames, integer } from "./options.ts";

export type Fields = Readonly<Record<string, ReadonlyArray<string>>>;

/** How examples are read, of whatever file. */
export interface ReadingOptions {
  readonly format?: FormatName;
  readonly columns?: ReadonlyArray<string>;
  readonly map?: Fields;
}

/** What of that a plan for files says. */
export const readingOf = ({ format, columns }: ReadingOptions): Pick<ReadingOptions, "format" | "columns"> => ({
  ...(format === undefined ? {} : { format }),
  ...(columns === undefined ? {} : { columns }),
});

/** Of data that are not named these say nothing. */
export const readingInVain = ({ format, columns, map = {} }: ReadingOptions): boolean =>
  format !== undefined || columns !== undefined || Object.keys(map).length > 0;

export const nothingToRead = "--format, --columns and --map say how other data are read: name them with --data";

/** How files become examples to train on. */
export interface DataOptions extends ReadingOptions {
  readonly map: Fields;
  readonly tokens?: Tokens;
  readonly lower: boolean;
  readonly minCount?: number;
  readonly group?: string;
  readonly ahead?: number;
  readonly stride?: number;
  readonly split?: SplitBy;
  readonly heldOut?: ReadonlyArray<string>;
  readonly normalise?: ReadonlyArray<string>;
  readonly missing?: string;
  readonly skipBad?: number;
  readonly byLength: boolean;
}

/** `.csv: a table …; .conll: …` */
export const formatsTold = formatNames.map((name) => `.${name}: ${formats[name].description}`).join("; ");

export const withReadingOptions = (command: Command): Command =>
  command
    .addOption(new Option("--format <name>", "read examples so, whatever the files' endings").choices(formatNames))
    .option("--columns <names>", "the names of the columns, of files that do not begin with them", columnNames)
    .option(
      "--map <variable=fields>",
      "of which fields a variable is made, as in x=temp,load (repeatable)",
      mapped,
      {},
    );

export const withDataOptions = (command: Command): Command =>
  withReadingOptions(command)
    .addOption(new Option("--tokens <kind>", "what a text is cut into (default: chars)").choices(["chars", "words"]))
    .option("--lower", "take texts in lower case", false)
    .option("--min-count <count>", "what occurs less often in the training part is unknown", count)
    .option("--group <field>", "rows with the same value in this field are one sequence, in the order of the file")
    .option("--ahead <count>", "how many rows after its window (--window) a target reaches (default: 1)", count)
    .option("--stride <count>", "from one window to the next (default: 1)", count)
    .addOption(
      new Option(
        "--split <kind>",
        "what is held out: every n-th, as many at random, groups, or the end of each series",
      ).choices(["every", "random", "group", "time"] satisfies ReadonlyArray<SplitBy>),
    )
    .option("--held-out <file...>", "hold out these files, and nothing of the others")
    .option("--normalise <names>", "variables to move and scale to mean 0 and deviation 1, as in x,y", inputNames)
    .option("--missing <input>", "an input that becomes 1 where a value stands and 0 where it is missing")
    .option("--skip-bad <count>", "leave out so many bad records, and tell them", integer)
    .option("--by-length", "make batches of examples of like lengths, so that little is padded", false);

const columnNames = (text: string): ReadonlyArray<string> => {
  const names = inputNames(text);
  const again = names.find((name, i) => names.indexOf(name) < i);
  if (again !== undefined)
    throw new InvalidArgumentError(`I expected the names of the columns, each another, and found ${again} twice.`);
  return names;
};

const mapped = (text: string, before: Fields): Fields => {
  const [, name, fields] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || fields === undefined)
    throw new InvalidArgumentError("I expected something like x=temp,load.");
  return { ...before, [name.trim()]: inputNames(fields) };
};

/** What the options say of a plan beyond its files. */
export const planOf = (options: DataOptions, kind: DataPlan["kind"], window: number | undefined): Partial<DataPlan> => {
  const { group, ahead, stride } = options;
  const gathering = {
    ...(group === undefined ? {} : { group }),
    ...(window === undefined ? {} : { window }),
    ...(ahead === undefined ? {} : { ahead }),
    ...(stride === undefined ? {} : { stride }),
  };
  return {
    ...(options.format === undefined ? {} : { format: options.format }),
    ...(options.columns === undefined ? {} : { columns: options.columns }),
    ...(Object.keys(options.map).length === 0 ? {} : { map: options.map }),
    ...(options.tokens === undefined ? {} : { tokens: options.tokens }),
    ...(options.lower ? { lower: true } : {}),
    ...(options.minCount === undefined ? {} : { minimum: options.minCount }),
    ...(kind === "text" || Object.keys(gathering).length === 0 ? {} : { gathering }),
    ...(options.split === undefined ? {} : { split: options.split }),
    ...(options.heldOut === undefined ? {} : { heldOutFiles: options.heldOut }),
    ...(options.normalise === undefined ? {} : { normalise: options.normalise }),
    ...(options.missing === undefined ? {} : { missing: options.missing }),
    ...(options.skipBad === undefined ? {} : { skipBad: options.skipBad }),
    ...(options.byLength ? { byLength: true } : {}),
  };
};
