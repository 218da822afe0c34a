import { existsSync } from "node:fs";
import { Command, CommanderError } from "commander";
import * as E from "fp-ts/lib/Either.js";
import { type Failure, usageError } from "./failure.ts";
import type { Varied } from "./sweep-options.ts";
import { noData, type TrainOptions, withOptionsOfTrain } from "./train-options.ts";

/** What the words after `--` say, as `rnnc train` reads them: what it would refuse in each of many runs is refused once. */
export const readWords = async (
  file: string,
  words: ReadonlyArray<string>,
): Promise<E.Either<Failure, TrainOptions>> => {
  const command = withOptionsOfTrain(new Command("train").argument("<file>"))
    .exitOverride()
    .helpOption(false)
    .allowExcessArguments(false)
    .configureOutput({ writeErr: () => undefined })
    .action(() => undefined);
  try {
    await command.parseAsync([file, ...words], { from: "user" });
    return E.right(command.opts<TrainOptions>());
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return E.left(usageError(`rnnc train would not take this: ${error.message.replace(/^error: /, "")}`));
  }
};

/** What stands in the way of a sweep: said by itself, said by it, or not said. */
export const problemsOf = (
  words: ReadonlyArray<string>,
  options: TrainOptions,
  varied: ReadonlyArray<Varied>,
): ReadonlyArray<string> => {
  const isVaried = (option: string): boolean => varied.some((each) => each.option === option);
  const own = [
    ...(options.run === undefined ? [] : ["--run"]),
    ...(options.resume === undefined ? [] : ["--resume"]),
    ...["--seed", "--rate"].filter((option) => isVaried(option) && words.some((word) => isOption(word, option))),
    ...Object.keys(options.set).flatMap((name) => (isVaried(`--set ${name}=`) ? [`--set ${name}`] : [])),
  ];
  return [
    ...(varied.length === 0 ? ["I need something that varies: --set n=16,32, --rate 0.1,0.01 or --seed 1..5"] : []),
    ...own.map((option) => `${option} after -- stands in the way of what the sweep says itself`),
    ...(options.data === undefined ? [`after --: ${noData}`] : []),
  ];
};

const isOption = (word: string, option: string): boolean => word === option || word.startsWith(`${option}=`);

/** Files that are not here: the runs may be on another machine. */
export const absentOf = ({ data = [], heldOut = [] }: TrainOptions): ReadonlyArray<string> =>
  [...data, ...heldOut].filter((path) => path !== "brown" && path !== "-" && !existsSync(path));
