import type { Scaling } from "./coding.ts";
import type { DeclaredVariable } from "./declared.ts";
import { numberOf, wordsOf } from "./encode.ts";
import type { Given } from "./values.ts";

/** Of each component: how many values, their mean, and the sum of squares around it (Welford 1962). */
export type Measured = Array<{ count: number; mean: number; squares: number }>;

export const measureReals = (
  measured: Map<string, Measured>,
  { name, axes }: DeclaredVariable,
  given: Extract<Given, { tag: "one" | "several" }>,
): void => {
  const of = measured.get(name) ?? [];
  measured.set(name, of);
  if (given.tag === "several") for (const [i, value] of given.values.entries()) measure(of, value, axes.length, i);
  else measure(of, given.value, axes.length, 0);
};

/** Below all axes, `depth` 0, a list has components. */
const measure = (of: Measured, value: unknown, depth: number, component: number): void => {
  const words = typeof value === "string" ? wordsOf(value) : [];
  const list = Array.isArray(value) ? value : depth === 1 || words.length > 1 ? words : undefined;
  if (list !== undefined) {
    for (const [i, part] of list.entries()) measure(of, part, depth - 1, depth === 0 ? i : component);
    return;
  }
  const number = numberOf(value);
  if (number === undefined) return;
  of[component] ??= { count: 0, mean: 0, squares: 0 };
  const seen = of[component];
  seen.count++;
  const apart = number - seen.mean;
  seen.mean += apart / seen.count;
  seen.squares += apart * (number - seen.mean);
};

/** What never varies is moved alone. */
export const scalingOf = (of: Measured): Scaling => {
  const all = Array.from(of, (seen) => seen ?? { count: 0, mean: 0, squares: 0 });
  return {
    mean: all.map(({ mean }) => mean),
    deviation: all.map(({ count, squares }) => Math.sqrt(squares / Math.max(1, count)) || 1),
  };
};
