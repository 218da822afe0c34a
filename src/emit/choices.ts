import { isWorthAName } from "./hoist.ts";
import { readOnceBelow } from "./javascript-inlined.ts";
import { packingOf } from "./packing.ts";
import { productFunction } from "./wasm/product/dispatch.ts";
import { repeatedLoops } from "./wasm/repeated.ts";
import { sharingOf } from "./wasm/sharing.ts";
import { isVectorisable } from "./wasm/vectorisable.ts";

/** Every choice in printing loops that is made for the sake of speed. */
export interface CodeChoices {
  /** Whether an integer is computed once for a loop's body, outside of the loops in it. */
  readonly isNamed: typeof isWorthAName;
  /** Which operands of products are packed before a loop. */
  readonly packingOf: typeof packingOf;
  /** Which products find their left operand packed already. */
  readonly sharingOf: typeof sharingOf;
  /** Which loops are taken a vector at a time. */
  readonly isVectorisable: typeof isVectorisable;
  /** Which loops are calls of functions that several share, in WebAssembly. */
  readonly repeatedLoops: typeof repeatedLoops;
  /** Whether an elementary function stands where it is called. */
  readonly isInPlace: (scope: { readonly across: string | undefined }) => boolean;
  /** How a matrix product is taken. */
  readonly productFunction: typeof productFunction;
  /** The kernel of a matrix product in JavaScript. */
  readonly productKernel: "product" | "productInPlace";
  /** Which values of a body are written where they are read, in JavaScript. */
  readonly readOnce: typeof readOnceBelow;
}

export const bestCode: CodeChoices = {
  isNamed: isWorthAName,
  packingOf,
  sharingOf,
  isVectorisable,
  repeatedLoops,
  isInPlace: ({ across }) => across !== undefined,
  productFunction,
  productKernel: "product",
  readOnce: readOnceBelow,
};
