import type { Span } from "../../syntax/span.ts";
import type { Shape } from "./shape.ts";

/** A shape and the place of what has it. */
export interface Typed {
  readonly shape: Shape;
  readonly span: Span;
}

/** What must hold between shapes. */
export type Constraint =
  /** Both are equal. */
  | { readonly tag: "same"; readonly left: Typed; readonly right: Typed; readonly rule?: string; readonly span: Span }
  /** The value is the target's shape, or a scalar that stands for every component. */
  | { readonly tag: "fits"; readonly value: Typed; readonly target: Typed; readonly span: Span }
  /** Scalars go with any shape; what is no scalar is equal. */
  | { readonly tag: "pointwise"; readonly operands: ReadonlyArray<Typed>; readonly result: Typed; readonly span: Span }
  | {
      readonly tag: "product";
      readonly left: Typed;
      readonly right: Typed;
      readonly result: Typed;
      /** `v^T x`: if nothing else is known, an inner product. */
      readonly transposed: boolean;
      readonly span: Span;
    }
  | { readonly tag: "transpose"; readonly operand: Typed; readonly result: Typed; readonly span: Span }
  | { readonly tag: "concat"; readonly parts: ReadonlyArray<Typed>; readonly result: Typed; readonly span: Span }
  | {
      readonly tag: "lookup";
      readonly table: Typed;
      readonly symbol: Typed;
      readonly result: Typed;
      readonly span: Span;
    }
  /** A vector or a matrix, and one component or row of it. */
  | {
      readonly tag: "component";
      readonly table: Typed;
      readonly result: Typed;
      /** How many there are if nothing else says it: as many as the axis that counts them has positions. */
      readonly supposed: number | undefined;
      readonly span: Span;
    }
  /** A symbol, and a vector with a component for each symbol. */
  | { readonly tag: "onehot"; readonly symbol: Typed; readonly vector: Typed; readonly span: Span }
  | { readonly tag: "outer"; readonly left: Typed; readonly right: Typed; readonly result: Typed; readonly span: Span }
  | {
      readonly tag: "compare";
      readonly left: Typed;
      readonly right: Typed;
      readonly result: Typed;
      readonly span: Span;
    }
  /** Both values have one shape; the mask is a number, or has that shape. */
  | { readonly tag: "mix"; readonly mask: Typed; readonly next: Typed; readonly last: Typed; readonly span: Span }
  /** It has components. `meant`: what may have been meant if it has none, as `sum[t](…)`. */
  | {
      readonly tag: "components";
      readonly operand: Typed;
      readonly meant?: ReadonlyArray<string>;
      readonly span: Span;
    };
