import type { Optimisation } from "../circuit/optimisation.ts";
import { algebra } from "./laws.ts";
import {
  arrangementLaws,
  constantLaws,
  contractionLaws,
  positionLaws,
  type StructureLaw,
  signLaws,
} from "./structure-laws.ts";
import type { Law } from "./term.ts";

/** Laws that are switched off together. */
export interface LawGroup extends Optimisation {
  readonly laws: ReadonlyArray<Law>;
  readonly structureLaws: ReadonlyArray<StructureLaw>;
}

/** All the laws that make circuits smaller or cheaper, and no more exact. */
export const lawGroups: ReadonlyArray<LawGroup> = [
  {
    name: "algebra",
    description: "rewrites by the laws of arithmetic: what adds 0 or multiplies by 1 goes, negations meet",
    laws: algebra,
    structureLaws: signLaws,
  },
  {
    name: "constants",
    description: "computes what is known when compiling",
    laws: [],
    structureLaws: constantLaws,
  },
  {
    name: "positions",
    description: "reads the one position at which a sum has a term that is not 0",
    laws: [],
    structureLaws: positionLaws,
  },
  {
    name: "contractions",
    description: "takes factors out of sums that they do not vary over, so that a chain of products is done in steps",
    laws: [],
    structureLaws: contractionLaws,
  },
  {
    name: "arrangements",
    description: "undoes renamings, slices and concatenations that come to nothing",
    laws: [],
    structureLaws: arrangementLaws,
  },
];
