import { CompilerFault } from "../../fault.ts";
import type { LoopProgram } from "../loops.ts";
import type { LoopCheck } from "./check.ts";
import { sharedHomes } from "./homes.ts";
import { unboundNames } from "./names.ts";
import { misshapenProducts } from "./products.ts";
import { outOfRange } from "./ranges.ts";
import { droppedTerms } from "./sums.ts";
import { readUnwritten } from "./written.ts";

/** Every invariant of the loop language that a program breaks, in words. */
export const brokenLoops = (program: LoopProgram): ReadonlyArray<string> => [
  ...unboundNames(program),
  ...outOfRange(program),
  ...misshapenProducts(program),
  ...readUnwritten(program),
  ...droppedTerms(program),
  ...sharedHomes(program),
];

/** Gives back sound loops; of others it is the fault of the pass that made them, which it names. */
export const validated: LoopCheck = (pass, program) => {
  const broken = brokenLoops(program);
  if (broken.length > 0) throw new CompilerFault(`loop pass ${pass}`, broken.slice(0, 5).join("; "));
  return program;
};
