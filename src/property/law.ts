import type fc from "fast-check";

/** A fast-check property, to be given to `fc.assert` in any test runner. */
export type Law<Given extends [unknown, ...Array<unknown>]> = fc.IPropertyWithHooks<Given>;

/** What a property that does not hold says. */
export const broken = (what: string, found: unknown, expected: unknown): Error =>
  new Error(`${what} is ${found}, not ${expected}`);

/** Numbers that must be equal, relative to the larger; not-a-number equals itself. */
export const mustAgree = (
  what: string,
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void => {
  if (found.length !== expected.length) throw broken(`the number of values of ${what}`, found.length, expected.length);
  Array.from(expected).forEach((value, i) => {
    const other = found[i]!;
    if (Object.is(value, other) || value === other) return;
    const scale = Math.max(1, Math.abs(value), Math.abs(other));
    if (!(Math.abs(value - other) <= tolerance * scale)) throw broken(`${what} (component ${i})`, other, value);
  });
};
