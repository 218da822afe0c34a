import type { Scaling } from "./coding.ts";
import type { DeclaredVariable } from "./declared.ts";
import { numberOf } from "./encode.ts";
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

const measure = (of: Measured, value: unknown, depth: number, component: number): void => {
  if (Array.isArray(value)) {
    for (const [i, part] of value.entries()) measure(of, part, depth - 1, depth === 0 ? i : component);
    return;
  }
  if (typeof value === "string" && depth === 1) {
    for (const part of value.trim().split(/[\s,]+/)) measure(of, part, 0, component);
    return;
  }
  const number = numberOf(value);
  if (number === undefined || value === "") return;
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
