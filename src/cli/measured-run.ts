import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled } from "../compile.ts";
import { noCoding } from "../data/coding/coding.ts";
import { predict } from "../data/predicted.ts";
import { usualResampling } from "../measure/bootstrap.ts";
import { seasonProblem, type Taught, taughtBy } from "../measure/learn.ts";
import { measured, type Report } from "../measure/measure.ts";
import type { Situations } from "../measure/situation.ts";
import { type MeasuredTarget, targetsOf } from "../measure/target.ts";
import { restoredParams, type Storage } from "../module/c/stored.ts";
import type { Example, Params } from "../runtime/interface.ts";
import { compiledAs, forPredictions } from "../train/compile-recipe.ts";
import { type Run, weightsOf } from "../train/run.ts";
import { loadRun } from "../train/run-folder.ts";
import { judged, weighed } from "../transform/judged.ts";
import { nothingToRead, type ReadingOptions, readingInVain } from "./data-options.ts";
import { encoderOf } from "./examples-of-recipe.ts";
import { type Failure, usageError } from "./failure.ts";
import { type MeasuredData, measuredData } from "./measured-data.ts";
import { compileRecipe } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";

/** Which weights of a run are measured, on what. */
export interface MeasuringOptions extends ReadingOptions {
  readonly last?: boolean;
  readonly data?: ReadonlyArray<string>;
  readonly season?: number;
  readonly seed: number;
  /** As weights are kept in C, which costs some of what the model tells. */
  readonly weights?: Storage;
}

interface Measuring {
  readonly run: Run;
  readonly compiled: Compiled;
  readonly params: Params;
  readonly data: MeasuredData;
  readonly targets: ReadonlyArray<MeasuredTarget>;
}

/** A run with what it was measured on, the model that judges, and what that says beside baselines. */
export interface MeasuredRun extends Measuring {
  readonly judge: Compiled;
  readonly report: Report;
}

/** Measures a run on what it holds out, or on other data. */
export const measuredRun = (
  terminal: Terminal,
  folder: string,
  options: MeasuringOptions,
): E.Either<Failure, MeasuredRun> =>
  pipe(
    loadRun(folder),
    E.filterOrElse(
      () => options.data !== undefined || !readingInVain(options),
      () => nothingToRead,
    ),
    E.mapLeft(usageError),
    E.bindTo("run"),
    E.bind("compiled", ({ run }) => compileRecipe(terminal, run.recipe, { exports: ["pack"] })),
    E.bind("data", ({ run, compiled }) => measuredData(terminal, run.recipe, compiled, options.data, options)),
    E.let("params", ({ run, compiled }) =>
      restoredParams(compiled.model, weightsOf(run, options.last), options.weights ?? "plain"),
    ),
    E.let("targets", ({ run: { recipe }, compiled: { model } }) =>
      targetsOf(model, recipe.coding ?? noCoding, recipe.vocabulary),
    ),
    E.bind("taught", (measuring) => taughtBaselines(terminal, measuring, options.season)),
    E.let("judge", ({ run, compiled }) => compiledAs(run.recipe, judged(compiled.elaborated), forPredictions)),
    E.let("report", (measuring) => reportOf(measuring, measuring.taught, options.seed)),
    E.filterOrElse(
      ({ report: { targets } }) => targets.length === 0 || targets.some(({ observations }) => observations > 0),
      ({ data: { place }, targets }) =>
        usageError(`${place}: no value of ${targets.map(({ name }) => name).join(", ")} is given that counts`),
    ),
  );

/** Where the training part cannot be had there are none, which is told; on the left, a season that cannot be. */
const taughtBaselines = (
  terminal: Terminal,
  { run, compiled, params, data: { training }, targets }: Measuring,
  season: number | undefined,
): E.Either<Failure, Taught> => {
  const { declared, stretch } = encoderOf(run.recipe, compiled, "measuring");
  const { model, elaborated } = compiled;
  const wrong = season === undefined ? undefined : seasonProblem({ model, declared, stretch }, targets, season);
  if (wrong !== undefined) return E.left(usageError(wrong));
  if (E.isLeft(training)) {
    terminal.err(`There are no baselines beside: ${training.left.text}`);
    return E.right(new Map());
  }
  const isWeighed = elaborated.randoms.some(({ weight }) => weight !== undefined);
  const scales = isWeighed ? compiledAs(run.recipe, weighed(elaborated), forPredictions) : undefined;
  const weigh = scales && ((examples: ReadonlyArray<Example>) => predict(scales, params, examples));
  return E.right(
    taughtBy({ model: scales?.model ?? model, declared, stretch, season, training: training.right, weigh }, targets),
  );
};

const reportOf = (
  { judge, params, data: { measured: situations }, targets }: Measuring & Pick<MeasuredRun, "judge">,
  baselines: Taught,
  seed: number,
): Report =>
  measured({
    model: judge.model,
    targets,
    situations,
    predict: (examples) => predict(judge, params, examples),
    size: sizeFor(judge, situations),
    baselines,
    resampling: { ...usualResampling, seed },
  });

const mostBytes = 2 ** 28;

/** How many examples are measured at a time: as many as usual, unless they take too much memory. */
const sizeFor = (compiled: Compiled, { count, at }: Situations): number => {
  const usual = Math.min(64, count);
  const { longest } = compiled.pack(Array.from({ length: usual }, (_, i) => at(i).example));
  return Math.max(
    1,
    Math.min(usual, Math.floor((usual * mostBytes) / compiled.bytes("forward", { batch: usual, lengths: longest }))),
  );
};
