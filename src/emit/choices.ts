import type { Choice } from "../circuit/optimisation.ts";
import { isWorthAName } from "./hoist.ts";
import { heldIn, noPacking, type PackingChoices, packingOf } from "./packing.ts";

/** The choices in printing loops that every back end makes for the sake of speed; each has more of its own. */
export interface CommonChoices extends PackingChoices {
  /** Whether an integer is computed once for a loop's body, outside of the loops in it. */
  readonly isNamed: typeof isWorthAName;
}

export const bestCommonChoices: CommonChoices = { isNamed: isWorthAName, packingOf, heldIn };

export const commonOptimisations: ReadonlyArray<Choice<CommonChoices>> = [
  {
    name: "hoisted-indices",
    description: "computes the part of an address that a loop does not change outside of it",
    plainly: { isNamed: () => false },
  },
  {
    name: "packing",
    description: "packs the weights of a product before the loop that takes it again and again, or once for all steps",
    plainly: { packingOf: () => noPacking, heldIn: () => new Map() },
  },
];
