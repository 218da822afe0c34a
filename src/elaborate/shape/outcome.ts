import type { Typed } from "./constraint.ts";
import type { Shape } from "./shape.ts";
import type { Unifier } from "./unifier.ts";

/**
 * `done`: nothing more to learn · `wait`: more must be known first, and until then this may be supposed ·
 * `conflict`: these cannot be together.
 */
export type Outcome =
  | { readonly tag: "done" }
  | { readonly tag: "wait"; readonly suppose?: Supposition }
  | { readonly tag: "conflict"; readonly rule: string; readonly operands: ReadonlyArray<Typed> };

/**
 * What to take a shape for when nothing says otherwise. The surest are tried first:
 * 0, a parameter in front of a vector is a matrix · 1, operands are of one shape · 2, `v^T x` is an inner product ·
 * 3, other products · 4, what is only ever a number is a scalar.
 */
export interface Supposition {
  readonly level: 0 | 1 | 2 | 3 | 4;
  readonly suppose: () => void;
  /** Each of `open` is a scalar or of this shape: two such shapes leave the scalar, and nothing is supposed. */
  readonly either?: Alternatives;
}

export interface Alternatives {
  readonly open: ReadonlyArray<Shape>;
  readonly shape: Shape;
}

export const done: Outcome = { tag: "done" };
export const wait: Outcome = { tag: "wait" };
export const supposing = (level: Supposition["level"], suppose: () => void): Outcome => ({
  tag: "wait",
  suppose: { level, suppose },
});
/** What is open beside a shape has that shape too, or is a scalar. */
export const alike = (u: Unifier, open: ReadonlyArray<Shape>, shape: Shape): Outcome => ({
  tag: "wait",
  suppose: { level: 1, suppose: () => open.forEach((each) => void u.unify(each, shape)), either: { open, shape } },
});
export const conflict = (rule: string, ...operands: ReadonlyArray<Typed>): Outcome => ({
  tag: "conflict",
  rule,
  operands,
});
