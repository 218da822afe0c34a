import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled } from "../compile.ts";
import { withGaps } from "../flow/with-gaps.ts";
import { factsOf, vocabulariesOf } from "../train/facts.ts";
import { type Run, weightsOf } from "../train/run.ts";
import { loadRun } from "../train/run-folder.ts";
import { plotJson, plotSvg, plotText } from "../views/chart/plot.ts";
import type { Plotted } from "../views/chart/plotted.ts";
import { sourceOrders } from "../views/source-orders.ts";
import { type Failure, usageError } from "./failure.ts";
import { randomExampleOf } from "./flow-of-program.ts";
import { exampleOf } from "./flow-of-run.ts";
import { type MeasuredData, measuredData } from "./measured-data.ts";
import { plottedOf } from "./plotted.ts";
import { openProgram } from "./program.ts";
import type { Format, ShowOptions } from "./show-options.ts";
import { ordersIn } from "./show-texts.ts";
import { compileRecipe } from "./task-of-recipe.ts";
import type { Terminal } from "./terminal.ts";

export const plotFormats: ReadonlyMap<Format, (plotted: Plotted) => string> = new Map([
  ["text", plotText],
  ["svg", plotSvg],
  ["json", plotJson],
]);

/** A variable of a program, with parameters as they are drawn at first and a random example. */
export const plotOfProgram = (
  terminal: Terminal,
  file: string,
  name: string,
  options: ShowOptions,
): E.Either<Failure, Plotted> =>
  pipe(
    openProgram(terminal, file, { ...options, precision: "f64", exports: ["init", "pack"], names: true }),
    E.bindTo("opened"),
    E.bind("example", ({ opened }) => randomExampleOf(opened.compiled, options.length, options.seed, usualLength)),
    E.flatMap(({ opened, example }) =>
      plottedOf(name, {
        model: opened.compiled.elaborated,
        params: opened.compiled.init(options.seed),
        example,
        about: `as initialised by seed ${options.seed}, on a random example`,
        orders: ordersIn(opened),
        vocabularies: {},
        targetOf: () => undefined,
      }),
    ),
  );

/** How long a random example is. */
const usualLength = 8;

/** A variable of a run, on an example that was held out or stands in other data. */
export const plotOfRun = (
  terminal: Terminal,
  folder: string,
  name: string,
  options: ShowOptions,
): E.Either<Failure, Plotted> =>
  pipe(
    loadRun(folder),
    E.mapLeft(usageError),
    E.bindTo("run"),
    E.bind("compiled", ({ run }) => compiledForPlots(terminal, run)),
    E.bind("data", ({ run, compiled }) => measuredData(terminal, run.recipe, compiled, options.data, {})),
    E.flatMap((known) => plotOfExample(folder, name, known, options)),
  );

/** The program of a run with the names of all that it computes. */
export const compiledForPlots = (terminal: Terminal, { recipe }: Run): E.Either<Failure, Compiled> =>
  compileRecipe(terminal, recipe, { exports: ["init", "pack"], names: true });

interface Known {
  readonly run: Run;
  readonly compiled: Compiled;
  readonly data: MeasuredData;
}

/** The same, of a run and data that are there already. */
export const plotOfExample = (
  folder: string,
  name: string,
  { run, compiled, data }: Known,
  options: Pick<ShowOptions, "example" | "length" | "last">,
): E.Either<Failure, Plotted> =>
  pipe(
    exampleOf(run, data, options),
    E.flatMap((example) => {
      const { recipe } = run;
      const facts = factsOf(recipe);
      return plottedOf(name, {
        ...withGaps(compiled.elaborated, example),
        params: weightsOf(run, options.last),
        about: `${folder}, on example ${options.example ?? 1} of ${data.place}`,
        orders: sourceOrders(recipe.source, recipe.file, compiled.elaborated.name),
        vocabularies: vocabulariesOf(facts, compiled.model.targets[0]?.name),
        targetOf: (output) => facts.declared.find(({ drawn }) => drawn?.from[0] === output)?.name,
      });
    }),
  );
