import type { Optimisation, Without } from "../circuit/optimisation.ts";
import { scheduleOptimisations } from "../schedule/optimisations.ts";
import { circuitOptimisations } from "../transform/optimisations.ts";
import { bestCode, type CodeChoices } from "./choices.ts";
import { noPacking } from "./packing.ts";
import { plainProduct } from "./wasm/product/plain.ts";

/** An optimisation of the code, and what is chosen instead where it is switched off. */
interface CodeOptimisation extends Optimisation {
  readonly plainly: Partial<CodeChoices>;
}

const codeOptimisations: ReadonlyArray<CodeOptimisation> = [
  {
    name: "hoisted-indices",
    description: "computes the part of an address that a loop does not change outside of it",
    plainly: { isNamed: () => false },
  },
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
    name: "packing",
    description: "packs the weights of a product before the loop that takes it again and again",
    plainly: { packingOf: () => noPacking },
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
  {
    name: "panels",
    description: "copies the operands of matrix products side by side as doubles, but for the smallest, in JavaScript",
    plainly: { productKernel: "productInPlace" },
  },
  {
    name: "values-in-place",
    description: "writes a value where it is read if only the next statement reads it, in JavaScript",
    plainly: { readOnce: () => new Set() },
  },
];

/** Everything that is done for speed or memory alone, from circuits to code. */
export const optimisations: ReadonlyArray<Optimisation> = [
  ...circuitOptimisations,
  ...scheduleOptimisations,
  ...codeOptimisations,
];

/** How loops are printed, plainly where optimisations are switched off. */
export const codeWithout = (without: Without): CodeChoices =>
  Object.assign(
    { ...bestCode },
    ...codeOptimisations.filter(({ name }) => without.has(name)).map(({ plainly }) => plainly),
  );
