import type { Compiled } from "../../../src/compile.ts";
import type { Params } from "../../../src/runtime/interface.ts";
import type { Dataset } from "../dataset.ts";
import type { Program } from "../program.ts";
import type { Progress } from "../protocol.ts";

export type Insights = Pick<Progress, "samples" | "maps">;

/** What a model does so far, looked at every now and then. */
export const insightsOf =
  (_compiled: Compiled, _dataset: Dataset, _program: Program): ((params: Params, isLast: boolean) => Insights) =>
  () => ({ samples: [], maps: [] });
