import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Compiled } from "../compile.ts";
import { noCoding } from "../data/coding/coding.ts";
import { type Encoder, lackingField } from "../data/coding/example.ts";
import { type Learned, learn, type Wishes } from "../data/coding/learn.ts";
import { placeTold } from "../data/coding/place.ts";
import { type UnknownCounts, unknownInTexts, unknownTold } from "../data/coding/unknown.ts";
import { type DataError, explainDataError } from "../data/data-error.ts";
import { type Dataset, openSamples } from "../data/dataset.ts";
import { type Encoded, encodedAll } from "../data/encoded.ts";
import type { DataPlan } from "../data/plan.ts";
import { lackedLength, readBackExpected } from "../data/read-back.ts";
import type { Listed } from "../data/record.ts";
import { type Gathering, gathers, type Sample, type Series } from "../data/sample.ts";
import { unknownSymbol } from "../data/vocabulary.ts";
import { counted } from "../measure/table.ts";
import type { Batch, Example } from "../runtime/interface.ts";
import { nearest } from "../syntax/nearest.ts";
import { declaredBy, factsOf, stretchOf } from "../train/facts.ts";
import type { Recipe } from "../train/run.ts";
import { dataFailure, type Failure, usageError } from "./failure.ts";
import { staticsOf } from "./statics.ts";
import type { Terminal } from "./terminal.ts";
import { columnsInVain, namesInVain } from "./without-effect.ts";

/** What the training part of the data says of symbols, sizes and scales; a recipe that was used before keeps what it knew. */
export const learnedOf = (recipe: Recipe, { training, heldOut }: Dataset): E.Either<Failure, Learned> => {
  if (recipe.coding !== undefined) return E.right({ coding: recipe.coding, statics: {} });
  const refused = unknownNames(recipe) ?? noNumber(recipe) ?? nothingIn(recipe.data, training);
  if (refused !== undefined) return E.left(usageError(refused));
  const lacking = lackingIn(recipe, training);
  if (lacking !== undefined) return E.left(dataFailure(lacking));
  const statics = staticsOf(recipe.source, recipe.file, recipe.model ?? undefined);
  const defaults = Object.fromEntries(
    statics.map(({ name, number, hasDefault }) => [name, hasDefault ? number : null]),
  );
  return pipe(
    learn(declaredBy(recipe), { given: recipe.statics, defaults }, wishesOf(recipe.data), training, heldOut),
    E.mapLeft((problem) => (typeof problem === "string" ? usageError(problem) : dataFailure(problem))),
  );
};

/** A field that the first example lacks: all would, or it is a bad record, which may be skipped. */
const lackingIn = (recipe: Recipe, training: Listed<Sample>): DataError | undefined => {
  const first = training.at(0);
  if (E.isLeft(first) || (recipe.data.skipBad ?? 0) > 0) return undefined;
  const { map, missing, stretch } = wishesOf(recipe.data);
  return lackingField(
    { declared: declaredBy(recipe), coding: { ...noCoding, fields: map, missing }, stretch },
    first.right,
  );
};

/** Options name variables of the program; a program that says nothing of them is told when it is compiled. */
const unknownNames = (recipe: Recipe): string | undefined => {
  const known = declaredBy(recipe).map(({ name }) => name);
  const { map = {}, normalise = [], missing } = recipe.data;
  const named = [
    ...Object.keys(map).map((name) => ["--map", name] as const),
    ...normalise.map((name) => ["--normalise", name] as const),
    ...(missing === undefined ? [] : [["--missing", missing] as const]),
  ];
  const unknown = known.length === 0 ? undefined : named.find(([, name]) => !known.includes(name));
  if (unknown === undefined) return undefined;
  const [option, name] = unknown;
  const meant = nearest(name, known);
  return `${option} ${name}: the program has no such input or target (${meant === undefined ? `it has ${known.join(", ")}` : `did you mean ${meant}?`})`;
};

/** What is no number has no scale. */
const noNumber = (recipe: Recipe): string | undefined => {
  const { normalise = [] } = recipe.data;
  const found = declaredBy(recipe).find(({ name, type }) => normalise.includes(name) && type.tag !== "real");
  return (
    found &&
    `--normalise ${found.name} scales numbers, and ${found.name} is a ${found.type.tag === "truth" ? "truth value" : found.type.tag}`
  );
};

const nothingIn = ({ gathering, files }: DataPlan, training: Listed<Sample>): string | undefined => {
  if (training.count > 0) return undefined;
  const { window, ahead = 1 } = gathering ?? {};
  return window === undefined
    ? `${files.join(", ")}: the training part holds no examples`
    : `No series has as many rows as --window ${window} and --ahead ${ahead} take: there are no examples to train on`;
};

const wishesOf = (plan: DataPlan): Wishes => ({
  map: plan.map ?? {},
  tokens: plan.tokens ?? "chars",
  lower: plan.lower ?? false,
  minimum: plan.minimum ?? 1,
  normalise: plan.normalise ?? [],
  missing: plan.missing ?? null,
  stretch: stretchOf(plan),
});

/** What examples are for: what is asked for need not have its targets, what is drawn along has no data yet. */
type Purpose = "training" | "measuring" | "given" | "asking" | "drawing";

const whatFor: { readonly [P in Purpose]: string } = {
  training: "the training part",
  measuring: "what is held out",
  given: "the data",
  asking: "the data",
  drawing: "the data",
};

export const encoderOf = (recipe: Recipe, compiled: Compiled, purpose: Purpose): Encoder => ({
  ...factsOf(recipe),
  model: compiled.model,
  isTraining: purpose !== "asking" && purpose !== "drawing",
  isChoosing: purpose === "training" || purpose === "measuring",
});

const tellUnknown = (terminal: Terminal, counts: UnknownCounts, purpose: Purpose): void => {
  for (const told of unknownTold(counts)) terminal.err(`In ${whatFor[purpose]}, ${told}.\n`);
};

/** Of texts what is unknown is told as of examples. */
export const tellUnknownOf = (
  terminal: Terminal,
  target: string,
  texts: ReadonlyArray<Int32Array>,
  purpose: Purpose,
): void => tellUnknown(terminal, unknownInTexts(target, unknownSymbol, texts), purpose);

/** Examples that the model takes, each looked at; what is bad is told, or is the failure. What is unknown is told. */
export const examplesOf = (
  terminal: Terminal,
  recipe: Recipe,
  compiled: Compiled,
  samples: Listed<Sample>,
  purpose: Purpose = "training",
): E.Either<Failure, Encoded> =>
  pipe(
    encodedAll(
      encoderOf(recipe, compiled, purpose),
      samples,
      recipe.data.skipBad ?? 0,
      // What is drawn along has no data yet: drawing looks at the rest itself.
      purpose === "drawing" ? () => E.right(0) : fitting(compiled, encoderOf(recipe, compiled, purpose)),
    ),
    E.mapLeft(dataFailure),
    E.tap(({ skipped, unknown }) => {
      tellUnknown(terminal, unknown, purpose);
      if (skipped.length > 0)
        terminal.err(
          `Left out ${skipped.length} bad record${skipped.length === 1 ? "" : "s"}:\n${skipped.map((bad) => `  ${explainDataError(bad)}\n`).join("")}`,
        );
      return E.right(undefined);
    }),
  );

/** Files of one's own, read as the recipe's were; series that are too short are told, and refused if there are no others. */
export const givenSamples = (
  terminal: Terminal,
  recipe: Recipe,
  files: ReadonlyArray<string>,
  reading: Pick<DataPlan, "format" | "columns">,
  isAsking: boolean,
): E.Either<Failure, Listed<Sample>> =>
  pipe(
    namesInVain(reading, files)
      ? E.left(usageError(columnsInVain))
      : pipe(openSamples({ ...recipe.data, ...reading }, files, isAsking), E.mapLeft(dataFailure)),
    E.flatMap(({ samples, short }) => {
      const { gathering = {} } = recipe.data;
      const taken = rowsTaken(gathering, isAsking);
      if (samples.count === 0 && gathers(gathering))
        return E.left(usageError(`${files.join(", ")}: no series has the ${taken}${foundIn(short)}`));
      if (short.length > 0) terminal.err(`Left out ${shortTold(short)}: a series takes the ${taken}.\n`);
      return E.right(samples);
    }),
  );

const rowsTaken = ({ window, ahead = 1 }: Gathering, isAsking: boolean): string =>
  window === undefined
    ? "one row that it takes at least"
    : isAsking
      ? `${counted(window, "row")} that a window takes`
      : `${window + ahead} rows that a window of ${window} and ${ahead} ahead take`;

const foundIn = (short: ReadonlyArray<Series>): string => (short.length === 0 ? "" : `; I found ${shortTold(short)}`);

/** So many are told one by one. */
const mostTold = 12;

const shortTold = (short: ReadonlyArray<Series>): string => {
  const told = short
    .slice(0, mostTold)
    .map(({ group, rows }) => `${group === undefined ? "one" : group} with ${counted(rows.length, "row")}`)
    .join(", ");
  return short.length > mostTold ? `${told}, … (${short.length} series)` : told;
};

/** An example that does not fit the model is found before anything begins, wherever its turn would be. */
const fitting =
  (compiled: Compiled, encoder: Encoder) =>
  (example: Example, sample: Sample): E.Either<DataError, number> =>
    E.tryCatch(
      () => positionsIn(compiled.pack([example])),
      (error): DataError => {
        if (!(error instanceof Error && error.name === "RnncError")) throw error;
        const lacked = lackedLength(compiled.model, example);
        if (lacked !== undefined) return lackedError(sample, lacked.name);
        const problem = error.message.replace(/^examples\[0\](?:\.|: )?/, "");
        return { tag: "malformedLine", ...placeTold(encoder, sample, problem), problem };
      },
    );

/** What cannot be predicted of an example, because a target that is read back is missing, can be drawn. */
export const lackedError = ({ path, line }: Sample, target: string): DataError => ({
  tag: "malformedLine",
  path,
  line,
  problem: `${target}: I expected ${readBackExpected}, and found nothing`,
  hint: "`rnnc generate RUN --data FILE` draws it",
});

const positionsIn = ({ lengths }: Batch): number =>
  Object.values(lengths).reduce((total, of) => total + of.reduce((sum, length) => sum + length, 0), 0);
