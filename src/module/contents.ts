import type { CompiledModel, ModelInfo } from "../runtime/interface.ts";
import type { Generation, Programs } from "../runtime/program.ts";
import type { LossScale } from "../transform/batch-loss.ts";

/** A function of a compiled model, which a module may export. Every module says what its `model` is. */
export type ExportName = Exclude<keyof CompiledModel, "model">;

/** What a module is made of, besides the run time. */
export interface ModuleContents {
  readonly model: ModelInfo;
  readonly generation: Generation | null;
  /** The functions that are wanted. */
  readonly exports: ReadonlyArray<ExportName>;
  /** Over how many threads batches are split, and what the sum of their losses is divided by: absent for one. */
  readonly threads?: { readonly count: number; readonly scale: LossScale };
  /** Functions that the programs share. */
  readonly support: string;
  /** For each program a JavaScript expression that evaluates to a `Program`. */
  readonly programs: { readonly [name in keyof Programs]?: string };
}
