/**
 * Where the values of a node lie. Arithmetic on finite numbers counts as finite, though a sum may in truth overflow; an
 * exponential that may, does not.
 */
export interface Range {
  readonly least: number;
  readonly greatest: number;
  /** Whether no value is infinite or no number. */
  readonly finite: boolean;
}

export const anything: Range = { least: Number.NEGATIVE_INFINITY, greatest: Number.POSITIVE_INFINITY, finite: false };
export const anyFinite: Range = { ...anything, finite: true };
export const truth: Range = { least: 0, greatest: 1, finite: true };
/** Of what has no values, or of none that is known yet. */
export const nothing: Range = { least: Number.POSITIVE_INFINITY, greatest: Number.NEGATIVE_INFINITY, finite: true };

export const only = (value: number): Range =>
  Number.isFinite(value) ? { least: value, greatest: value, finite: true } : anything;

export const hasNone = ({ least, greatest }: Range): boolean => least > greatest;

export const union = (a: Range, b: Range): Range => ({
  least: Math.min(a.least, b.least),
  greatest: Math.max(a.greatest, b.greatest),
  finite: a.finite && b.finite,
});

export const sameRange = (a: Range, b: Range): boolean =>
  a.least === b.least && a.greatest === b.greatest && a.finite === b.finite;

/** Whether some value may be 0. */
export const mayBeZero = ({ least, greatest }: Range): boolean => least <= 0 && greatest >= 0;

/** Between the values of a function at the corners of its operands' ranges. */
export const between = (finite: boolean, ...corners: ReadonlyArray<number>): Range =>
  corners.some(Number.isNaN)
    ? { ...anything, finite }
    : { least: Math.min(...corners), greatest: Math.max(...corners), finite };
