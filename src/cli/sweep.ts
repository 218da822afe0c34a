import { basename, join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { staticsOf } from "../syntax/statics.ts";
import { collected } from "./collected-runs.ts";
import { type Failure, usageError } from "./failure.ts";
import { document } from "./json.ts";
import { assignment, type Statics } from "./options.ts";
import { compileProgram, readProgram, type Source } from "./program.ts";
import { shellWord } from "./shell-word.ts";
import { mostRuns, type SweepOptions, type Varied } from "./sweep-options.ts";
import { absentOf, problemsOf, readWords } from "./sweep-words.ts";
import type { Terminal } from "./terminal.ts";
import type { TrainOptions } from "./train-options.ts";

/**
 * `rnnc sweep FILE --set n=16,32 --seed 1..5 -- --data rows.jsonl`: a command a line for whatever runs commands side by
 * side; with `--collect` a table of what they came to. Words after `--` stand in every command.
 */
export const sweep =
  (terminal: Terminal) =>
  async (file: string, words: ReadonlyArray<string>, options: SweepOptions): Promise<E.Either<Failure, void>> => {
    const folder = options.runs ?? join("runs", basename(file, ".rnn"));
    if (options.collect) return collected(terminal, folder, options.json);
    const { set, rate, seed } = options;
    const varied = [...set, ...(rate === undefined ? [] : [rate]), ...(seed === undefined ? [] : [seed])];
    const read = await readWords(file, words);
    return pipe(
      readProgram(file),
      E.bindTo("source"),
      E.bind("training", () => read),
      E.tap(({ source, training }) =>
        refused([
          ...problemsOf(words, training, varied),
          ...unknownStatics(source, training, set),
          ...tooMany(varied),
          ...broken([file, folder, ...words]),
        ]),
      ),
      E.tap(({ source, training }) => compiling(terminal, source, { ...training, json: options.json }, set)),
      E.let("commands", () => choicesOf(varied).map((chosen) => planned(file, folder, words, chosen))),
      E.map(({ training, commands }) => {
        for (const path of absentOf(training)) terminal.err(`note: there is no ${path} here.\n`);
        return terminal.out(
          options.json ? document({ commands }) : commands.map(({ command }) => `${command}\n`).join(""),
        );
      }),
    );
  };

const refused = (problems: ReadonlyArray<string>): E.Either<Failure, void> =>
  problems.length === 0 ? E.right(undefined) : E.left(usageError(problems.join("; ")));

const broken = (words: ReadonlyArray<string>): ReadonlyArray<string> =>
  words
    .filter((word) => /[\r\n]/.test(word))
    .map((word) => `${JSON.stringify(word)} has a line break, and each command is to be one line`);

/** What varies is a static parameter of the model: that is known before the first of many runs begins. */
const unknownStatics = (
  { text, file }: Source,
  { model }: TrainOptions,
  set: ReadonlyArray<Varied>,
): ReadonlyArray<string> => {
  const known = staticsOf(text, file, model).map(({ name }) => name);
  const unknown = set.filter(({ name }) => !known.includes(name)).map(({ name }) => name);
  if (unknown.length === 0 || known.length === 0) return [];
  return [`${file} has no static parameter ${unknown.join(", ")}; it has ${known.join(", ")}`];
};

const tooMany = (varied: ReadonlyArray<Varied>): ReadonlyArray<string> => {
  const count = varied.reduce((product, { values }) => product * values.length, 1);
  return count > mostRuns ? [`A sweep names at most ${mostRuns} runs, and this has ${count}`] : [];
};

/** Values alone, beside the first of the others, are such as the program compiles with. */
const compiling = (
  terminal: Terminal,
  source: Source,
  training: TrainOptions,
  varied: ReadonlyArray<Varied>,
): E.Either<Failure, void> => {
  const first = Object.assign({}, ...varied.map(atValue(0))) as Statics;
  const tried = varied.flatMap((of) => placesTried(of.values).map((i) => atValue(i)(of)));
  const failures = (tried.length === 0 ? [{}] : tried).flatMap((value) => {
    const set = { ...training.set, ...first, ...value };
    const compiled = compileProgram(terminal, source, { ...training, set, isTold: () => false });
    return E.isLeft(compiled) ? [compiled.left] : [];
  });
  const [failure] = failures;
  if (failure === undefined) return E.right(undefined);
  return E.left({ ...failure, text: [...new Set(failures.map(({ text }) => text))].join("\n") });
};

/** The outermost, and some of those that are no size. */
const placesTried = (values: ReadonlyArray<string>): ReadonlyArray<number> => {
  const last = values.length - 1;
  const others = values.flatMap((value, i) => (i > 0 && i < last && !/^[1-9]\d*$/.test(value) ? [i] : []));
  return [...new Set([0, ...others.slice(0, mostTried), last])];
};

const mostTried = 30;

const atValue =
  (i: number) =>
  ({ name, values }: Varied): Statics =>
    assignment(`${name}=${values[i]!}`, {});

interface Planned {
  readonly run: string;
  readonly command: string;
}

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
