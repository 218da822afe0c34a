import type { Pass } from "../circuit/pass.ts";
import { sizeOfBlocks } from "./blocks/block-size.ts";
import { readBlocks } from "./blocks/read-blocks.ts";
import { takeBlocks } from "./blocks/take-blocks.ts";
import { dropStops } from "./drop-stops.ts";
import { fewComponents, joinProducts } from "./joined/join-products.ts";
import { fewSymbols, projectTables } from "./project-tables.ts";
import { manyComponents, splitProducts } from "./split-products.ts";

/** The places of the pipeline at which circuits are made faster. */
type Place =
  /** Of a loss that is simple, before it is differentiated. */
  | "beforeDerivatives"
  /** Of what is not differentiated again, before the laws and after them. */
  | "beforeLaws"
  | "afterLaws";

/** What is done to circuits for speed alone, in order. A pass that is listed here runs, and can be switched off. */
export const circuitPasses: { readonly [P in Place]: ReadonlyArray<Pass> } = {
  beforeDerivatives: [projectTables(fewSymbols), takeBlocks(sizeOfBlocks)],
  beforeLaws: [dropStops, readBlocks],
  afterLaws: [joinProducts(fewComponents), splitProducts(manyComponents)],
};
