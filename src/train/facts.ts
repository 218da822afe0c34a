import { noCoding } from "../data/coding/coding.ts";
import { type DeclaredVariable, declaredIn } from "../data/coding/declared.ts";
import type { Stretch } from "../data/coding/values.ts";
import type { DataPlan } from "../data/plan.ts";
import { gathers } from "../data/sample.ts";
import type { Facts } from "../data/served/facts.ts";
import { inferredTypes } from "./inferred-types.ts";
import type { Recipe } from "./run.ts";

/** What of a recipe its model is served by. */
export const factsOf = (recipe: Recipe): Facts => ({
  declared: declaredBy(recipe),
  coding: recipe.coding ?? noCoding,
  vocabulary: recipe.vocabulary,
  stretch: stretchOf(recipe.data),
  gathers: gathers(recipe.data.gathering ?? {}),
});

/** Of a recipe, its program. */
type Programmed = Pick<Recipe, "source" | "file" | "model" | "statics">;

/** What the program of a recipe says of its data, in its types or by what stands beside them. */
export const declaredBy = (recipe: Programmed): ReadonlyArray<DeclaredVariable> => {
  const before = known.get(recipe);
  if (before !== undefined) return before;
  const { source, file, model } = recipe;
  const declared = declaredIn(source, file, model ?? undefined, () => inferredTypes(recipe));
  known.set(recipe, declared);
  return declared;
};

/** A recipe is asked for this many times, and never changes. */
const known = new WeakMap<Programmed, ReadonlyArray<DeclaredVariable>>();

export const stretchOf = ({ gathering = {} }: DataPlan): Stretch => ({
  window: gathering.window,
  ahead: gathering.ahead ?? 1,
});

/** By variable, the words that its symbols stand for; of a model of text, by its one target. */
export const vocabulariesOf = (
  { coding, vocabulary }: Facts,
  target: string | undefined,
): Readonly<Record<string, ReadonlyArray<string>>> =>
  vocabulary === null
    ? Object.fromEntries(Object.entries(coding.vocabularies).map(([name, { entries }]) => [name, entries]))
    : { [`${target}`]: vocabulary.entries };
