import type { Outcome } from "./objectives.ts";

/** What is as small as this, where numbers of size 1 were added, may be rounding alone: one symbol has a log-likelihood of 0. */
const rounding = 1e-4;

/** The greatest differences between two outcomes: of the value in its own size, of a gradient in that of its parameter's. */
export interface Differences {
  readonly value: number;
  readonly gradient: number;
}

export const differencesOf = (found: Outcome, expected: Outcome): Differences => ({
  value: relative([found.value], [expected.value]),
  gradient: Math.max(
    ...Object.entries(expected.gradient).map(([path, values]) => relative(found.gradient[path] ?? [], values)),
  ),
});

/** Infinite where one side has other numbers than the other has, or none at all. */
const relative = (found: ReadonlyArray<number>, expected: ReadonlyArray<number>): number => {
  if (found.length !== expected.length || ![...found, ...expected].every(Number.isFinite))
    return Number.POSITIVE_INFINITY;
  const size = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const difference = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i]!)), 0);
  return difference / Math.max(size, rounding);
};
