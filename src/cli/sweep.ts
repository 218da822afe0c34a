import { basename, join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { staticsOf } from "../syntax/statics.ts";
import { collected } from "./collected-runs.ts";
import { type Failure, usageError } from "./failure.ts";
import { document } from "./json.ts";
import { readProgram } from "./program.ts";
import { shellWord } from "./shell-word.ts";
import { mostRuns, type SweepOptions, type Varied } from "./sweep-options.ts";
import type { Terminal } from "./terminal.ts";

/**
 * `rnnc sweep FILE --set n=16,32 --seed 1..5 -- --data rows.jsonl`: a command a line for whatever runs commands side by
 * side; with `--collect` a table of what they came to. Words after `--` stand in every command.
 */
export const sweep =
  (terminal: Terminal) =>
  (file: string, words: ReadonlyArray<string>, options: SweepOptions): E.Either<Failure, void> => {
    const folder = options.runs ?? join("runs", basename(file, ".rnn"));
    if (options.collect) return collected(terminal, folder, options.json);
    return pipe(
      readProgram(file),
      E.flatMap(({ text }) => knownStatics(text, file, words, options)),
      E.flatMap(() => commandsOf(file, folder, words, options)),
      E.map((commands) =>
        terminal.out(options.json ? document({ commands }) : commands.map(({ command }) => `${command}\n`).join("")),
      ),
    );
  };

/** What varies is a static parameter of the model: that is known before the first of many runs begins. */
const knownStatics = (
  text: string,
  file: string,
  words: ReadonlyArray<string>,
  { set }: SweepOptions,
): E.Either<Failure, void> => {
  const model = words.includes("--model") ? words[words.indexOf("--model") + 1] : undefined;
  const known = staticsOf(text, file, model).map(({ name }) => name);
  const unknown = set.filter(({ name }) => !known.includes(name)).map(({ name }) => name);
  if (unknown.length === 0 || known.length === 0) return E.right(undefined);
  return E.left(usageError(`${file} has no static parameter ${unknown.join(", ")}; it has ${known.join(", ")}`));
};

interface Planned {
  readonly run: string;
  readonly command: string;
}

const commandsOf = (
  file: string,
  folder: string,
  words: ReadonlyArray<string>,
  { set, seed, rate }: SweepOptions,
): E.Either<Failure, ReadonlyArray<Planned>> => {
  const varied = [...set, ...(rate === undefined ? [] : [rate]), ...(seed === undefined ? [] : [seed])];
  if (varied.length === 0)
    return E.left(usageError("I need something that varies: --set n=16,32, --rate 0.1,0.01 or --seed 1..5"));
  const own = words.find((word) =>
    ["--run", "--resume", ...varied.map(({ option }) => option.split(" ")[0])].includes(word),
  );
  if (own !== undefined && own !== "--set")
    return E.left(usageError(`${own} after -- stands in the way of what the sweep says itself`));
  const count = varied.reduce((product, { values }) => product * values.length, 1);
  if (count > mostRuns) return E.left(usageError(`A sweep names at most ${mostRuns} runs, and this has ${count}`));
  return E.right(choicesOf(varied).map((chosen) => planned(file, folder, words, chosen)));
};

type Choice = ReadonlyArray<{ readonly of: Varied; readonly value: string }>;

/** Every value of the first with every one of the others; what is named last varies fastest. */
const choicesOf = (varied: ReadonlyArray<Varied>): ReadonlyArray<Choice> =>
  varied.reduce<ReadonlyArray<Choice>>(
    (before, of) => before.flatMap((choice) => of.values.map((value) => [...choice, { of, value }])),
    [[]],
  );

const planned = (file: string, folder: string, words: ReadonlyArray<string>, choice: Choice): Planned => {
  const run = join(folder, choice.map(({ of, value }) => `${of.name}=${value}`).join(","));
  const chosen = choice.flatMap(({ of: { option }, value }) =>
    option.endsWith("=") ? ["--set", option.slice("--set ".length) + value] : [option, value],
  );
  return { run, command: ["rnnc", "train", file, ...words, ...chosen, "--run", run].map(shellWord).join(" ") };
};
