import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { noCoding } from "../data/coding/coding.ts";
import { lackingField } from "../data/coding/example.ts";
import { type Learned, learn, type Wishes } from "../data/coding/learn.ts";
import type { DataError } from "../data/data-error.ts";
import type { Dataset } from "../data/dataset.ts";
import type { DataPlan } from "../data/plan.ts";
import type { Listed } from "../data/record.ts";
import type { Sample } from "../data/sample.ts";
import { nearest } from "../syntax/nearest.ts";
import { staticsOf } from "../syntax/statics.ts";
import { declaredBy, stretchOf } from "../train/facts.ts";
import type { Recipe } from "../train/run.ts";
import { dataFailure, type Failure, usageError } from "./failure.ts";

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
export const unknownNames = (recipe: Recipe): string | undefined => {
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
