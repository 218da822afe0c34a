import type { Optimisation } from "../circuit/optimisation.ts";
import { fewComponents, joinProducts } from "./joined/join-products.ts";
import { lawGroups } from "./law-groups.ts";
import { fewSymbols, projectTables } from "./project-tables.ts";
import { dropStops } from "./simplify.ts";
import { manyComponents, splitProducts } from "./split-products.ts";
import { unnormalisedDraws } from "./unnormalised-draws.ts";

/** What is done to circuits for speed alone. */
export const circuitOptimisations: ReadonlyArray<Optimisation> = [
  ...lawGroups,
  projectTables(fewSymbols),
  dropStops,
  joinProducts(fewComponents),
  splitProducts(manyComponents),
  unnormalisedDraws([]),
];
