import type { Claim } from "./claim.ts";
import { clipping, conveyorBelt } from "./gradients.ts";
import { bottleneck, feasibleLength } from "./memory.ts";
import { gruAgainstLstm, wholeSequence } from "./speed.ts";
import { deepInTime, oneTransition, parameterSharing, teacherForcing, typeTwoIsWeaker } from "./structure.ts";

/** The claims of the lectures, in the order in which they are measured. */
export const claims: ReadonlyArray<Claim> = [
  wholeSequence,
  feasibleLength,
  gruAgainstLstm,
  conveyorBelt,
  clipping,
  oneTransition,
  teacherForcing,
  typeTwoIsWeaker,
  deepInTime,
  bottleneck,
  parameterSharing,
];
