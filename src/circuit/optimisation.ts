/**
 * What makes a program faster or smaller and changes nothing that it gives, so that it can be switched off by its name.
 * A rewriting that meaning or stability needs is no optimisation.
 */
export interface Optimisation {
  readonly name: string;
  readonly description: string;
}

/** The names of the optimisations that are switched off. */
export type Without = ReadonlySet<string>;

export const withoutNothing: Without = new Set();

/** Those that are not switched off. */
export const keptOf = <O extends Optimisation>(all: ReadonlyArray<O>, without: Without): ReadonlyArray<O> =>
  all.filter(({ name }) => !without.has(name));

/** An optimisation that is a choice among several, and what is chosen instead where it is switched off. */
export interface Choice<Choices> extends Optimisation {
  readonly plainly: Partial<Choices>;
}

/** The best choices, but the plain ones where optimisations are switched off. */
export const choicesWithout = <Choices extends object>(
  best: Choices,
  all: ReadonlyArray<Choice<Choices>>,
  without: Without,
): Choices => Object.assign({ ...best }, ...all.filter(({ name }) => without.has(name)).map(({ plainly }) => plainly));
