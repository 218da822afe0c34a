import type fc from "fast-check";

/** A fast-check property, to be given to `fc.assert` in any test runner. */
export type Law<Given extends [unknown, ...Array<unknown>]> = fc.IPropertyWithHooks<Given>;

/** What a property that does not hold says. */
export const broken = (what: string, found: unknown, expected: unknown): Error =>
  new Error(`${what} is ${found}, not ${expected}`);

/**
 * Numbers that must be equal, up to a tolerance relative to `size`; by default to the larger, or to 1. What is not a
 * number equals nothing.
 */
export const mustAgree = (
  what: string,
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  size?: number,
): void => {
  if (found.length !== expected.length) throw broken(`the number of values of ${what}`, found.length, expected.length);
  Array.from(expected).forEach((value, i) => {
    const other = found[i]!;
    if (value === other) return;
    const allowed = tolerance * (size ?? Math.max(1, Math.abs(value), Math.abs(other)));
    if (!(Math.abs(value - other) <= allowed)) throw broken(`${what} (component ${i})`, other, value);
  });
};

/**
 * The greatest of some numbers, by which others beside them are measured; at least what rounding leaves of sums that
 * cancel where the tolerance is 1e-10 and numbers are about 1.
 */
export const greatestOf = (...lists: ReadonlyArray<ArrayLike<number>>): number =>
  lists.reduce((most, list) => Array.from(list).reduce((a, b) => Math.max(a, Math.abs(b)), most), 1e-4);

/**
 * Laws are of compiled models in double precision: what `compile` gives on the right, or a module with all its functions.
 * @throws an error that says so of anything else
 */
export const mustBeInDoubles = (model: unknown): void => {
  const { model: info } = (model ?? {}) as { readonly model?: { readonly precision?: string } };
  if (info === undefined)
    throw new Error("This is no compiled model: give what compile(…) has on the right, or a module as `import * as`.");
  if (info.precision !== "f64")
    throw new Error("The model is compiled in single precision, whose rounding is larger than what laws allow: f64.");
};
