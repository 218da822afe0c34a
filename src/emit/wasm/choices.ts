import { type Choice, choicesWithout, type Without } from "../../circuit/optimisation.ts";
import { bestCommonChoices, type CommonChoices, commonOptimisations } from "../choices.ts";
import { isVectorisable } from "../vectorisable.ts";
import { productFunction } from "./product/dispatch.ts";
import { plainProduct } from "./product/plain.ts";
import { repeatedLoops } from "./repeated.ts";
import { sharingOf } from "./sharing.ts";

/** Every choice in printing loops as WebAssembly that is made for the sake of speed. */
export interface WasmChoices extends CommonChoices {
  /** Which products find their left operand packed already. */
  readonly sharingOf: typeof sharingOf;
  /** Which loops are taken a vector at a time. */
  readonly isVectorisable: typeof isVectorisable;
  /** Which loops are calls of functions that several share. */
  readonly repeatedLoops: typeof repeatedLoops;
  /** Whether an elementary function stands where it is called. */
  readonly isInPlace: (scope: { readonly across: string | undefined }) => boolean;
  /** How a matrix product is taken. */
  readonly productFunction: typeof productFunction;
}

export const bestWasm: WasmChoices = {
  ...bestCommonChoices,
  sharingOf,
  isVectorisable,
  repeatedLoops,
  isInPlace: ({ across }) => across !== undefined,
  productFunction,
};

export const wasmOptimisations: ReadonlyArray<Choice<WasmChoices>> = [
  {
    name: "vector-loops",
    description: "takes neighbouring turns of a loop at once, in WebAssembly",
    plainly: { isVectorisable: () => false },
  },
  {
    name: "repeated-loops",
    description: "prints once the loops that differ in nothing but where they read and write, in WebAssembly",
    plainly: { repeatedLoops: () => new Map() },
  },
  {
    name: "functions-in-place",
    description: "computes elementary functions where they stand in loops of vectors, in WebAssembly",
    plainly: { isInPlace: () => false },
  },
  {
    name: "shared-operands",
    description: "packs the operand that neighbouring products share, such as those of gates, once, in WebAssembly",
    plainly: { sharingOf: () => new Map() },
  },
  {
    name: "kernels",
    description: "takes matrix products in blocks that stay in the caches and in vectors, in WebAssembly",
    plainly: { productFunction: plainProduct },
  },
];

export const wasmWithout = (without: Without): WasmChoices =>
  choicesWithout<WasmChoices>(bestWasm, [...commonOptimisations, ...wasmOptimisations], without);
