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
