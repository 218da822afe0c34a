import type { Optimisation } from "../circuit/optimisation.ts";
import { lawGroups } from "./law-groups.ts";
import { circuitPasses } from "./passes.ts";
import { unnormalisedDraws } from "./unnormalised-draws.ts";

/** What is done to circuits for speed alone. */
export const circuitOptimisations: ReadonlyArray<Optimisation> = [
  ...lawGroups,
  ...Object.values(circuitPasses).flat(),
  unnormalisedDraws([]), // of a model's own distributions, in its steps
];
