import { join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled } from "../compile.ts";
import { drawTexts } from "../data/draw-texts.ts";
import { defaultTarget } from "../emit/back-ends.ts";
import { bitsOf } from "../train/evaluate.ts";
import { withFiles } from "../train/file-problem.ts";
import { makeFolders } from "../train/folders.ts";
import { type Recipe, weightsOf } from "../train/run.ts";
import { usualOptimiser } from "../train/settings.ts";
import { beginTraining } from "../train/step.ts";
import { baselinesOf } from "../train/task.ts";
import { chosenMeasure } from "../train/watch.ts";
import { writeModule } from "./compile-to-file.ts";
import type { Failure } from "./failure.ts";
import { demoModel } from "./generated/own.ts";
import { checkAtSeeds } from "./gradcheck.ts";
import type { Source } from "./program.ts";
import { compileRecipe, forTraining, type Prepared, prepare } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";
import { type Trained, trainAndTell } from "./train-and-tell.ts";
import { unwritable } from "./write-file.ts";

const folder = join("build", "char-lm");

/**
 * The main job, `npm start`: compiles the character model, checks its gradient, trains it on the Brown corpus, draws
 * a sample, and measures it on held-out text beside what character frequencies alone achieve there.
 */
export const demo = (terminal: Terminal) => async (): Promise<E.Either<Failure, void>> => {
  const source: Source = { file: "char-lm.rnn", text: demoModel };
  terminal.err("The gradient of examples/char-lm.rnn, by every kind of parameter, against finite differences:\n");
  const prepared = pipe(
    checkAtSeeds(terminal, source, { set: {}, precision: "f64", seed: 1, json: false, times: 2, tolerance: 1e-6 }),
    E.flatMap(() => {
      const recipe = recipeOf(source);
      return prepare(terminal, recipe, forTraining(recipe));
    }),
    E.bindTo("prepared"),
    E.bind("compiled", ({ prepared: { recipe } }) => compileRecipe(terminal, recipe)),
    E.tap(() => made(folder)),
    E.tap(({ compiled }) => writeModule(compiled, { output: join(folder, "char-lm.js") })),
  );
  if (E.isLeft(prepared)) return prepared;
  terminal.err(
    `The compiled module and its types are in ${folder}.\n\n` +
      "Training on the Brown corpus, a tenth of which is held out, for about a minute: bits per character of what comes next.\n",
  );
  return pipe(
    await trainFrom(terminal, prepared.right.prepared),
    E.map((trained) => tell(terminal, prepared.right, trained)),
  );
};

const made = (path: string): E.Either<Failure, void> =>
  pipe(
    withFiles(path, () => void makeFolders(path)),
    E.mapLeft(unwritable),
  );

const trainFrom = (terminal: Terminal, prepared: Prepared): Promise<E.Either<Failure, Trained>> =>
  trainAndTell(terminal, {
    folder: join(folder, "run"),
    begin: () => E.right(beginTraining(prepared.compiled, prepared.recipe.settings)),
    prepared,
    saveEvery: 200,
  });

const tell = (
  terminal: Terminal,
  { prepared: { recipe, corpus }, compiled }: { readonly prepared: Prepared; readonly compiled: Compiled },
  training: Trained,
): void => {
  const [sample] = drawTexts(compiled, weightsOf({ training }), recipe.vocabulary!, "The ", {
    length: 400,
    temperature: 0.7,
    seed: 1,
  });
  const { unigram, bigram } = baselinesOf(corpus!);
  const bits = [bitsOf(chosenMeasure(training)!.heldOut), bigram, unigram].map((value) => value.toFixed(3));
  terminal.err('\nText that the model draws, letter by letter, after "The ":\n\n');
  terminal.out(`${sample}\n\nheld-out: ${bits[0]} bits/char (bigram ${bits[1]}, unigram ${bits[2]})\n`);
};

/** With vectors twice the units and more text take the time that plain JavaScript takes for these. */
const recipeOf = ({ file, text }: Source): Recipe => {
  const target = defaultTarget("f32");
  const [statics, rate, steps, window] =
    target === "wasm" ? [{ n: 128, d: 32 }, 0.01, 3200, 48] : [{}, 0.016, 2800, 32];
  return {
    source: text,
    file,
    model: null,
    statics,
    precision: "f32",
    target,
    settings: {
      optimiser: usualOptimiser("adam"),
      schedule: { rate, decay: "linear", warmup: 100, steps },
      clip: 1,
      clipValue: null,
      seed: 1,
    },
    data: { files: ["brown"], kind: "text", streams: 16, window, holdOut: 10 },
    vocabulary: null,
  };
};
