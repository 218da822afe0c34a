import type { Optimisation, Without } from "../../circuit/optimisation.ts";
import type { LoopProgram } from "../loops.ts";

/** A transformation of loops for the sake of speed or memory. Passes never fail, and never mutate. */
export interface LoopPass extends Optimisation {
  /** What it does besides, which can be switched off without it. */
  readonly parts?: ReadonlyArray<Optimisation>;
  readonly run: (program: LoopProgram, without: Without) => LoopProgram;
}
