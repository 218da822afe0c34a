import { type Forms, isAbsorbed, isContraction } from "./classify.ts";
import { collapse } from "./collapse.ts";
import type { Lowering } from "./context.ts";
import { isLate, sink, type Uses } from "./late.ts";
import { pickBefore } from "./lower-nest.ts";
import { firstWithKey, type Sharing } from "./nest.ts";
import type { Ordered } from "./order.ts";
import { droppable, type Keeping, staysInBody } from "./storage.ts";
import { picked, spreading } from "./summand.ts";
import { delayViews } from "./views.ts";

/** Every choice that a schedule makes for the sake of speed or memory, and not of meaning. */
export interface Choices extends Forms, Sharing, Keeping, Lowering {
  /** Another order of the same statements: which of them stand in scans. */
  readonly sunk: (uses: Uses, ordered: ReadonlyArray<Ordered>) => ReadonlyArray<Ordered>;
  readonly hoisted: (uses: Uses, ordered: ReadonlyArray<Ordered>) => ReadonlyArray<Ordered>;
}

export const bestChoices: Choices = {
  picked,
  spreading,
  isContraction,
  isAbsorbed,
  delayViews,
  sunk: sink,
  hoisted: (_, ordered) => ordered,
  isLate,
  nestFor: firstWithKey,
  groupFor: firstWithKey,
  staysInBody,
  droppable,
  isResultInPlace: () => true,
  collapse,
  fusedLoops: pickBefore,
};
