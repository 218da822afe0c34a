import type { Optimisation } from "../circuit/optimisation.ts";
import { codeOptimisations } from "../emit/optimisations.ts";
import { scheduleOptimisations } from "../schedule/optimisations.ts";
import { circuitOptimisations } from "../transform/optimisations.ts";

/** Everything that is done for speed or memory alone, from circuits to code. */
export const optimisations: ReadonlyArray<Optimisation> = [
  ...circuitOptimisations,
  ...scheduleOptimisations,
  ...codeOptimisations,
];
