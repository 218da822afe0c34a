import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled, CompileOptions } from "../compile.ts";
import { type Dataset, openDataset } from "../data/dataset.ts";
import type { Encoded } from "../data/encoded.ts";
import { firstHolding } from "../data/examples.ts";
import { type Corpus, readCorpus } from "../data/plan.ts";
import type { Listed } from "../data/record.ts";
import { sizeOf } from "../data/vocabulary.ts";
import type { Example } from "../runtime/interface.ts";
import { staticsOf } from "../syntax/statics.ts";
import { compileOptionsOf } from "../train/compile-recipe.ts";
import { declaredBy, stretchOf } from "../train/facts.ts";
import type { Recipe } from "../train/run.ts";
import { examplesTask, type Task, textTask } from "../train/task.ts";
import { examplesOf, tellUnknownOf } from "./examples-of-recipe.ts";
import { dataFailure, type Failure, usageError } from "./failure.ts";
import { learnedOf } from "./learned-of-recipe.ts";
import { compileProgram } from "./program.ts";
import type { Terminal } from "./terminal.ts";
import { unfitWindows } from "./unfit-windows.ts";
import { asText } from "./without-effect.ts";
import { asBefore } from "./words-of-before.ts";

/** What a recipe asks for, with its data read and its model compiled. */
export interface Prepared {
  readonly recipe: Recipe;
  readonly compiled: Compiled;
  readonly task: Task;
  /** Null for data that are examples. */
  readonly corpus: Corpus | null;
}

/** What a recipe's model is compiled for: by default to be measured and drawn from. */
type Purpose = Pick<CompileOptions, "optimiser" | "exports" | "loss" | "names"> & {
  /** Whether what is wrong with the program is told as JSON; warnings are told on standard error all the same. */
  readonly json?: boolean;
};

/** The functions that training calls, and no code of others. */
export const forTraining = ({ settings }: Recipe): Purpose => ({
  optimiser: settings.optimiser.name,
  // Batches that are added up are asked for their gradients.
  exports: ["init", "pack", "loss", "trainer", ...((settings.accumulate ?? 1) > 1 ? (["gradient"] as const) : [])],
  ...(settings.loss === undefined ? {} : { loss: settings.loss }),
});

/**
 * Reads the data and compiles the model: a text's vocabulary gives the static parameter `V`, if it is left open. What a run
 * `before` called its symbols, and how it scaled its numbers, stays.
 */
export const prepare = (
  terminal: Terminal,
  recipe: Recipe,
  purpose: Purpose = {},
  before?: Recipe,
): E.Either<Failure, Prepared> =>
  recipe.data.kind === "text"
    ? prepareText(terminal, recipe, purpose, before)
    : prepareExamples(terminal, recipe, purpose, before);

/** The model of a recipe. */
export const compileRecipe = (
  terminal: Terminal,
  recipe: Recipe,
  purpose: Purpose = {},
): E.Either<Failure, Compiled> => {
  const { file, statics, ...options } = compileOptionsOf(recipe);
  // Whoever trains waits for batches; what is asked of a trained model is short.
  const threads = recipe.threads === undefined ? {} : { threads: recipe.threads };
  return pipe(
    compileProgram(
      terminal,
      { file, text: recipe.source },
      { ...options, ...(purpose.optimiser === undefined ? {} : threads), ...purpose, set: statics, isTold: () => true },
    ),
    E.map(({ compiled }) => compiled),
  );
};

/**
 * The texts of a recipe; those of a run must still be the ones that it began with. What begins with the weights of a run
 * `before` goes on with its words.
 */
export const corpusOf = ({ data, vocabulary: own, init }: Recipe, before?: Recipe): E.Either<Failure, Corpus> =>
  pipe(
    readCorpus(data, before?.vocabulary ?? (init === undefined ? undefined : (own ?? undefined))),
    E.mapLeft(dataFailure),
    E.filterOrElse(
      ({ vocabulary }) => own === null || sameVocabulary(own, vocabulary),
      () => usageError("The training text has other symbols than the one that this run began with"),
    ),
  );

const prepareText = (
  terminal: Terminal,
  asked: Recipe,
  purpose: Purpose,
  before: Recipe | undefined,
): E.Either<Failure, Prepared> =>
  pipe(
    corpusOf(asked, before),
    E.flatMap((corpus) => {
      const recipe = {
        ...asked,
        vocabulary: corpus.vocabulary,
        statics: { ...sizeOfVocabulary(asked, corpus), ...asked.statics },
      };
      return pipe(
        compileRecipe(terminal, recipe, purpose),
        E.bindTo("compiled"),
        E.bind("task", ({ compiled }) =>
          E.mapLeft((problem: string) => usageError(withEndings(recipe, problem)))(
            textTask(compiled, recipe.data, corpus),
          ),
        ),
        E.tap(({ compiled }) => {
          const target = compiled.model.targets[0]!.name;
          tellUnknownOf(terminal, target, corpus.training, "training");
          tellUnknownOf(terminal, target, corpus.heldOut, "measuring");
          return E.right(undefined);
        }),
        E.map(({ compiled, task }) => ({ recipe, compiled, task, corpus })),
      );
    }),
  );

const withEndings = ({ data: { files } }: Recipe, problem: string): string =>
  files.every((path) => path === "brown" || path === "-" || path.toLowerCase().endsWith(".txt"))
    ? problem
    : `${problem}. ${asText}`;

const prepareExamples = (
  terminal: Terminal,
  asked: Recipe,
  purpose: Purpose,
  before: Recipe | undefined,
): E.Either<Failure, Prepared> =>
  pipe(
    openDataset(asked.data, asked.settings.seed),
    E.mapLeft(dataFailure),
    E.bindTo("dataset"),
    E.bind("learned", ({ dataset }) => pipe(learnedOf(asked, dataset), E.map(asBefore(asked, before)))),
    E.let("recipe", ({ learned: { coding, statics } }) => ({
      ...asked,
      coding,
      statics: { ...asked.statics, ...statics },
    })),
    E.bind("compiled", ({ recipe }) => compileRecipe(terminal, recipe, purpose)),
    E.tap(({ recipe, compiled: { model } }) => {
      const unfit = unfitWindows(model, declaredBy(recipe), stretchOf(recipe.data));
      return unfit === undefined ? E.right(undefined) : E.left(usageError(unfit));
    }),
    E.bind("training", ({ recipe, compiled, dataset }) => examplesOf(terminal, recipe, compiled, dataset.training)),
    E.bind("heldOut", ({ recipe, compiled, dataset }) => heldOutOf(terminal, recipe, compiled, dataset)),
    E.bind("task", ({ recipe, compiled, training, heldOut: { first } }) =>
      pipe(examplesTask(compiled, recipe.data, training, first), E.mapLeft(usageError)),
    ),
    E.map(({ recipe, compiled, task }) => ({ recipe, compiled, task, corpus: null })),
  );

/** What is held out is kept in memory: of very many examples, the first. */
const mostHeldOut = { examples: 20_000, numbers: 20_000_000 };

/** What is held out, and the first of it, which are measured. */
export const heldOutOf = (
  terminal: Terminal,
  recipe: Recipe,
  compiled: Compiled,
  { heldOut }: Dataset,
): E.Either<Failure, { readonly encoded: Encoded; readonly first: ReadonlyArray<Example> }> =>
  pipe(
    examplesOf(terminal, recipe, compiled, firstOf(heldOut, mostHeldOut.examples), "measuring"),
    E.map((encoded) => ({ encoded, first: firstHolding(encoded.examples, mostHeldOut.numbers) })),
    E.tap(({ encoded, first }) =>
      tellPart(terminal, first.length, first.length < encoded.examples.count, heldOut.count),
    ),
  );

const tellPart = (terminal: Terminal, measured: number, isPart: boolean, all: number): E.Either<Failure, void> => {
  if (isPart || all > mostHeldOut.examples)
    terminal.err(`Of ${all} examples that are held out, the first ${measured} are measured on.\n`);
  return E.right(undefined);
};

const firstOf = <A>({ count, at }: Listed<A>, most: number): Listed<A> => ({ count: Math.min(count, most), at });

const sizeOfVocabulary = ({ source, file, model }: Recipe, { vocabulary }: Corpus): Readonly<Record<string, number>> =>
  staticsOf(source, file, model ?? undefined).some(({ name }) => name === "V") ? { V: sizeOf(vocabulary) } : {};

const sameVocabulary = (a: Corpus["vocabulary"], b: Corpus["vocabulary"]): boolean =>
  a.entries.join("\n") === b.entries.join("\n");
