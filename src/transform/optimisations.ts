import type { Optimisation } from "../circuit/optimisation.ts";
import { fewComponents, joinProducts } from "./joined/join-products.ts";
import { lawGroups } from "./law-groups.ts";
import { fewSymbols, projectTables } from "./project-tables.ts";
import { dropStops } from "./simplify.ts";

/** What is done to circuits for speed alone. */
export const circuitOptimisations: ReadonlyArray<Optimisation> = [
  ...lawGroups,
  projectTables(fewSymbols),
  dropStops,
  joinProducts(fewComponents),
];
