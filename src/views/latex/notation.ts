import type { Expression } from "../../syntax/tree.ts";
import type { DerivativeName } from "./derivatives.ts";
import type { RankOf } from "./rank.ts";
import type { Spelled } from "./spelling.ts";

/** How what an expression speaks of is written. */
export interface Notation {
  readonly spelled: (name: string) => Spelled;
  readonly rankOf: RankOf;
  /** How far an axis reaches: `T`, `T_s`. */
  readonly upTo: (axis: string) => Expression | undefined;
  /** The letter of a logistic function, unless it stands for something else. */
  readonly sigmoid: string;
  /** The letter of the loss. */
  readonly loss: string;
  /** What is no variable of its own, but the derivative of one by another. */
  readonly derivatives: ReadonlyMap<string, DerivativeName>;
  readonly layout: Layout;
}

/** Derivatives by a column as a column, the gradient, or as the row of the Jacobian. */
export const layouts = ["denominator", "numerator"] as const;
export type Layout = (typeof layouts)[number];
