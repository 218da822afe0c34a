import type { Circuit } from "../circuit/circuit.ts";
import { type Without, withoutNothing } from "../circuit/optimisation.ts";
import { type LoopCheck, trusted } from "../loops/validate/check.ts";
import { isContraction } from "../transform/contraction.ts";
import { collapse } from "./lower/collapse.ts";
import type { Lowering } from "./lower/context.ts";
import { lookUpBefore } from "./lower/nest.ts";
import { layersOf } from "./order/layers.ts";
import { firstWithKey, type Sharing } from "./order/nest.ts";
import type { Ordered } from "./order/order.ts";
import { isComputedWhereRead, sink, type Uses } from "./order/sinking.ts";
import { droppable, staysInBody } from "./place/paths.ts";
import type { Keeping } from "./place/placing.ts";
import { keepAll, type Recomputed } from "./recompute/recompute.ts";
import { isAbsorbed } from "./statements/absorption.ts";
import type { Forms } from "./statements/forms.ts";
import { sharesInPlace } from "./statements/shares.ts";
import { spreading, withLookups } from "./statements/summand.ts";
import { delayViews } from "./statements/views.ts";

/** Every choice that a schedule makes for the sake of speed or memory, and not of meaning. */
export interface Choices extends Forms, Sharing, Keeping, Lowering {
  /** The circuit with the values that are to be computed more than once. */
  readonly recomputed: (circuit: Circuit) => Recomputed;
  /** Another order of the same statements: which of them stand in scans. */
  readonly sunk: (uses: Uses, ordered: ReadonlyArray<Ordered>) => ReadonlyArray<Ordered>;
  readonly hoisted: (uses: Uses, ordered: ReadonlyArray<Ordered>) => ReadonlyArray<Ordered>;
  /** Whether sums that go on from segment to segment stand in double precision until they are done. */
  readonly sumsInDouble: boolean;
  /** The passes over loops that are switched off, and what is asked after each of the others. */
  readonly without: Without;
  readonly checkedLoops: LoopCheck;
}

export const bestChoices: Choices = {
  withLookups,
  spreading,
  isContraction,
  furtherAxes: () => () => [],
  isAbsorbed,
  delayViews,
  sharesInPlace,
  recomputed: keepAll,
  sunk: sink,
  hoisted: (_, ordered) => ordered,
  sumsInDouble: false,
  without: withoutNothing,
  checkedLoops: trusted,
  isComputedWhereRead,
  nestFor: firstWithKey,
  groupFor: firstWithKey,
  layersOf,
  staysInBody,
  droppable,
  isResultInPlace: () => true,
  collapse,
  inOrder: false,
  fusedLoops: lookUpBefore,
};
