import type { Local } from "../frame.ts";

/**
 * The operands of a product: places, distances, extents, whether to add, where the right one is packed already, and
 * whether the left one is shared (`sharedAs`).
 */
export type Operands = readonly [
  Local,
  Local,
  Local,
  Local,
  Local,
  Local,
  Local,
  Local,
  Local,
  Local,
  Local,
  Local,
  Local,
  Local,
  Local,
];

export const operandCount = 15;

/** The left operand is another product's too: this is the first of them, or a later one that it is unchanged for. */
export const sharedAs = { none: 0, first: 1, again: 2 } as const;
