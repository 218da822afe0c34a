import type { Circuit } from "../circuit/circuit.ts";
import type { LoopProgram } from "../loops/loops.ts";
import { givesWay, type MakingWay } from "../loops/memory/lifetime-turns.ts";
import { rollRows } from "../loops/passes/carried-rows.ts";
import { denseLoops } from "../loops/passes/dense-loops.ts";
import { joinSums } from "../loops/passes/joined-sums.ts";
import { separateLoops } from "../loops/passes/separate-loops.ts";
import { shareHomes } from "../loops/passes/shared-memory.ts";
import { isContraction } from "../transform/contraction.ts";
import { type Forms, isAbsorbed } from "./classify.ts";
import { collapse } from "./collapse.ts";
import type { Lowering } from "./context.ts";
import { isLate, sink, type Uses } from "./late.ts";
import { layersOf } from "./layers.ts";
import { pickBefore } from "./lower-nest.ts";
import { firstWithKey, type Sharing } from "./nest.ts";
import type { Ordered } from "./order.ts";
import { keepAll, type Recomputed } from "./recompute/recompute.ts";
import { sharesInPlace } from "./shares.ts";
import { droppable, type Keeping, staysInBody } from "./storage.ts";
import { picked, spreading } from "./summand.ts";
import { delayViews } from "./views.ts";

/** Every choice that a schedule makes for the sake of speed or memory, and not of meaning. */
export interface Choices extends Forms, Sharing, Keeping, Lowering, MakingWay {
  /** The circuit with the values that are to be computed more than once. */
  readonly recomputed: (circuit: Circuit) => Recomputed;
  /** Another order of the same statements: which of them stand in scans. */
  readonly sunk: (uses: Uses, ordered: ReadonlyArray<Ordered>) => ReadonlyArray<Ordered>;
  readonly hoisted: (uses: Uses, ordered: ReadonlyArray<Ordered>) => ReadonlyArray<Ordered>;
  /** Whether sums that go on from segment to segment stand in double precision until they are done. */
  readonly sumsInDouble: boolean;
  /** The same program with sums over the turns of a scan in the scan. */
  readonly joinedSums: (program: LoopProgram) => LoopProgram;
  /** The same program with more loops, and with fewer in loops. */
  readonly separated: (program: LoopProgram) => LoopProgram;
  readonly dense: (program: LoopProgram) => LoopProgram;
  /** The same program with fewer rows in some buffers. */
  readonly rolled: (program: LoopProgram) => LoopProgram;
  /** The same program with its buffers in other places. */
  readonly housed: (program: LoopProgram, making: MakingWay) => LoopProgram;
}

export const bestChoices: Choices = {
  picked,
  spreading,
  isContraction,
  isAbsorbed,
  delayViews,
  sharesInPlace,
  recomputed: keepAll,
  sunk: sink,
  hoisted: (_, ordered) => ordered,
  sumsInDouble: false,
  joinedSums: joinSums,
  separated: separateLoops,
  dense: denseLoops,
  rolled: rollRows,
  housed: shareHomes,
  givesWay,
  isLate,
  nestFor: firstWithKey,
  groupFor: firstWithKey,
  layersOf,
  staysInBody,
  droppable,
  isResultInPlace: () => true,
  collapse,
  fusedLoops: pickBefore,
};
