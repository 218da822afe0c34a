import type { Optimisation, Without } from "../circuit/optimisation.ts";
import type { LoopProgram } from "../loops/loops.ts";
import type { Precision } from "../runtime/interface.ts";

/** What prints loops, and sees nothing else: a folder beside this file, and an entry of `targets.ts` and of `back-ends.ts`. */
export interface BackEnd {
  /** What it does for speed that no other back end knows. */
  readonly optimisations: ReadonlyArray<Optimisation>;
  /** Whether it is chosen for a precision where nothing is asked for, and where an earlier one of the list is not. */
  readonly isFirstChoice: (precision: Precision) => boolean;
  /** Whether its products add up doubles whatever the precision: so do its sums between segments, then. */
  readonly sumsInDouble: (precision: Precision) => boolean;
  /** How many numbers its arena holds besides the buffers, at these dims. */
  readonly besides: (program: LoopProgram, printing: Omit<Printing, "names">, dims: ReadonlyArray<number>) => number;
  /** The programs of a module. */
  readonly print: (programs: ReadonlyArray<NamedProgram>, printing: Printing) => Printed;
  /** One program to be read by people. */
  readonly readable: (program: NamedProgram, printing: Omit<Printing, "names">) => string;
}

export interface NamedProgram {
  readonly name: string;
  readonly program: LoopProgram;
  /** Whether it may allocate nothing while it runs. */
  readonly isLean?: boolean;
}

export interface Printing {
  readonly precision: Precision;
  /** The optimisations that are switched off. */
  readonly without: Without;
  /** Whether the code says whose values it computes, for profiles and source maps. */
  readonly names: boolean;
}

/** JavaScript: what the programs share, and for each an expression that gives its `Program` (`runtime/program.ts`). */
export interface Printed {
  readonly support: string;
  readonly programs: ReadonlyArray<string>;
}
