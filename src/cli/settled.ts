import * as E from "fp-ts/lib/Either.js";
import { overfitted } from "../train/overfit.ts";
import type { Settings } from "../train/settings.ts";
import type { Task } from "../train/task.ts";
import { type Failure, usageError } from "./failure.ts";
import type { Prepared } from "./task-of-recipe.ts";
import type { TrainOptions } from "./train-options.ts";

/** What of a recipe the data settle: the steps of so many epochs, when to evaluate, the examples to be learned by heart. */
export const settled =
  (options: TrainOptions) =>
  (prepared: Prepared): E.Either<Failure, Prepared> => {
    const { recipe } = prepared;
    const { settings, data } = recipe;
    const { overfit, seed } = settings;
    const task =
      overfit === undefined ? prepared.task : overfitted(overfit, { seed, size: data.streams })(prepared.task);
    const refused = needOfEvaluations(settings, task) ?? inexactSum(prepared);
    return refused === undefined
      ? E.right({ ...prepared, task, recipe: { ...recipe, settings: withSteps(options, task, recipe) } })
      : E.left(usageError(refused));
  };

/** What makes no sense where nothing is held out. */
const needOfEvaluations = ({ schedule, patience }: Settings, { heldOut }: Task): string | undefined => {
  if (heldOut.length > 0) return undefined;
  const need = schedule.decay === "plateau" ? "--decay plateau" : patience === undefined ? undefined : "--patience";
  return need && `${need} goes by what is held out, and nothing is: --hold-out N holds out one in N`;
};

/** The batches of a step would have to be told by the sums of their weights, which only the program knows. */
const inexactSum = ({ compiled, recipe: { settings } }: Prepared): string | undefined =>
  (settings.accumulate ?? 1) > 1 &&
  settings.loss === "perObservation" &&
  compiled.elaborated.randoms.some(({ weight }) => weight !== undefined)
    ? "--accumulate does not go with --loss perObservation where targets have weights: take --loss sum"
    : undefined;

const withSteps = (
  { resume, steps, epochs, saveEvery }: TrainOptions,
  { portions, heldOut }: Task,
  { settings, data }: Prepared["recipe"],
): Settings => {
  const { schedule, accumulate = 1, evaluateEvery } = settings;
  const stepsIn = (times: number): number => Math.max(1, Math.ceil((times * portions) / accumulate));
  const usual = data.kind === "text" ? saveEvery : stepsIn(1);
  // A run that was saved goes on as it began.
  const every = resume === undefined && heldOut.length > 0 ? (evaluateEvery ?? usual) : evaluateEvery;
  return {
    ...settings,
    schedule: { ...schedule, steps: epochs === undefined ? (steps ?? schedule.steps) : stepsIn(epochs) },
    ...(every === undefined ? {} : { evaluateEvery: every }),
  };
};
