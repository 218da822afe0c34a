/** A sentence of the lectures that can be measured. */
export interface Claim {
  readonly claim: string;
  /** How it is measured, in a sentence or two. */
  readonly about?: string;
  readonly measure: () => ReadonlyArray<Finding>;
}

/** What was measured. Only what follows from mathematics has to hold; the rest is told. */
export interface Finding {
  readonly what: string;
  readonly value: string;
  readonly holds?: boolean;
}

export const told = (what: string, value: number | string): Finding => ({ what, value: shown(value) });

export const proved = (what: string, value: number | string, holds: boolean): Finding => ({
  what,
  value: shown(value),
  holds,
});

export const shown = (value: number | string): string => {
  if (typeof value === "string" || Number.isInteger(value)) return `${value}`;
  return Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6 ? value.toExponential(2) : value.toFixed(3);
};
