import { type Without, withoutNothing } from "../circuit/optimisation.ts";
import { defaultTarget } from "../emit/back-ends.ts";
import type { Target } from "../emit/targets.ts";
import type { Precision } from "../runtime/interface.ts";
import type { Memory } from "../schedule/recompute/memory.ts";
import type { LossScale } from "../transform/batch-loss.ts";
import type { OptimiserName } from "../transform/training-step.ts";
import { type ExportName, exportNames } from "./exports.ts";

/** What a model is compiled to: what the caller asked for, and for the rest what is usual. */
export interface Settings {
  readonly precision: Precision;
  readonly target: Target;
  /** What the losses of a batch's examples are divided by: their number, nothing, or the number of observed values. */
  readonly loss: LossScale;
  /** Inputs whose gradient is wanted besides those of the parameters. */
  readonly wrt: ReadonlyArray<string>;
  /** What a program that trains in place descends by; without one there is none. */
  readonly optimiser: OptimiserName | undefined;
  readonly memory: Memory;
  /** The functions that are wanted, in the order of a module. */
  readonly exports: ReadonlyArray<ExportName>;
  /** Whether the code says whose values it computes. */
  readonly names: boolean;
  /** Over how many threads the examples of a batch are split. */
  readonly threads: number;
  /** The optimisations that are switched off. */
  readonly without: Without;
}

type Asked = { readonly [name in keyof Settings]?: Settings[name] | undefined };

export const settingsOf = ({
  precision = "f32",
  target = defaultTarget(precision),
  loss = "mean",
  wrt = [],
  optimiser,
  memory = "full",
  exports = exportNames,
  names = false,
  threads = 1,
  without = withoutNothing,
}: Asked): Settings => ({
  precision,
  target,
  loss,
  wrt,
  optimiser,
  memory,
  exports: exportNames.filter((name) => exports.includes(name)),
  names,
  threads,
  without,
});
