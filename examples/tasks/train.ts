import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as E from "fp-ts/lib/Either.js";
import { type Compiled, type CompileOptions, compile } from "../../src/compile.ts";
import { type DataError, explainDataError } from "../../src/data/data-error.ts";
import { numbersIn, shuffled } from "../../src/data/examples.ts";
import type { Feed } from "../../src/data/feed.ts";
import { type Order, orderByLength, randomOrder } from "../../src/data/order.ts";
import { importsOf } from "../../src/plugin/imports.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { defaultSettings, type Settings, usualOptimiser } from "../../src/train/settings.ts";
import { beginTraining, trainStep } from "../../src/train/step.ts";
import type { Task, TaskSettings, Trained } from "./task.ts";

const optimiser = "adam";

/** Compiles and trains a task. The same task and seed give the same bits. */
export const trainTask = (task: Task, seed = 1): Trained =>
  trainCompiled(compiledTask(task), task, task.training(), seed);

export const trainCompiled = (
  compiled: Compiled,
  { feed, settings }: Task,
  examples: ReadonlyArray<Example>,
  seed: number,
): Trained =>
  feed === undefined
    ? train(compiled, examples, settings, seed)
    : trainBy(compiled, feed(settings.batch), settings, seed);

export const compiledTask = ({ program, statics = {}, wrt = [] }: Task): Compiled =>
  compiledProgram(program, { statics, wrt });

/** A program of this folder; one that does not compile is a mistake in the folder. */
export const compiledProgram = (program: string, options: CompileOptions = {}): Compiled => {
  const path = pathOf(program);
  const compiled = compile(
    readFileSync(path, "utf8"),
    { file: path, precision: "f32", optimiser, ...options },
    importsOf(path),
  );
  if (E.isRight(compiled)) return compiled.right;
  throw new Error(`${program}.rnn does not compile: ${compiled.left.map(({ message }) => message).join("; ")}`);
};

export const pathOf = (program: string): string => fileURLToPath(new URL(`../${program}.rnn`, import.meta.url));

export const train = (compiled: Compiled, examples: ReadonlyArray<Example>, given: TaskSettings, seed = 1): Trained => {
  const order = given.byLength === true ? byLength(examples) : randomOrder;
  const all = { count: examples.length, at: (index: number) => examples[index]! };
  return trainBy(compiled, shuffled(compiled.model, given.batch, order)(all), given, seed);
};

/** All that an example holds stands over the same positions: how many numbers it holds orders it as well. */
const byLength =
  (examples: ReadonlyArray<Example>) =>
  (_: number, size: number): Order =>
    orderByLength(Float64Array.from(examples, numbersIn), size);

const trainBy = (compiled: Compiled, feed: E.Either<DataError, Feed>, given: TaskSettings, seed: number): Trained => {
  if (E.isLeft(feed)) throw new Error(explainDataError(feed.left));
  const settings = settingsOf(given, seed);
  const step = trainStep(compiled, settings, feed.right);
  let training = beginTraining(compiled, settings);
  while (training.step < given.steps) training = step(training);
  return { compiled, params: training.params };
};

const settingsOf = ({ steps, rate }: TaskSettings, seed: number): Settings => ({
  ...defaultSettings,
  optimiser: usualOptimiser(optimiser),
  schedule: { rate, decay: "linear", warmup: 10, steps },
  seed,
});
