import type { Optimisation } from "../circuit/optimisation.ts";
import { backEnds, targets } from "./back-ends.ts";
import { commonOptimisations } from "./choices.ts";

/** What is done for speed alone in printing loops. */
export const codeOptimisations: ReadonlyArray<Optimisation> = [
  ...commonOptimisations,
  ...targets.flatMap((target) => backEnds[target].optimisations),
];
