import type { Optimisation } from "../circuit/optimisation.ts";
import { backEnds } from "./back-ends.ts";
import { commonOptimisations } from "./choices.ts";

/** What is done for speed alone in printing loops. */
export const codeOptimisations: ReadonlyArray<Optimisation> = [
  ...commonOptimisations,
  ...Object.values(backEnds).flatMap(({ optimisations }) => optimisations),
];
