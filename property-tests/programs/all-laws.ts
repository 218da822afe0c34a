import { meaningOfDerivatives } from "./derivative-meaning.ts";
import { secondDerivative, secondOnMachines, wholeGradient } from "./differences.ts";
import { evaluation, streaming, webAssembly } from "./engines.ts";
import { forwardAndDuals, forwardAndReverse, jacobianOfColumns, onlineIsWhole } from "./forward-mode.ts";
import type { ProgramLaw } from "./laws.ts";
import { meaningOfBent, meaningOfSmooth } from "./meaning.ts";
import { soundLoops } from "./sound-loops.ts";

/** The laws of random programs, those that see most first; a pass over loops that is wrong is best named. */
export const programLaws: ReadonlyArray<ProgramLaw> = [
  soundLoops,
  meaningOfSmooth,
  meaningOfBent,
  meaningOfDerivatives,
  wholeGradient,
  streaming,
  secondDerivative,
  evaluation,
  webAssembly,
  secondOnMachines,
  forwardAndReverse,
  forwardAndDuals,
  jacobianOfColumns,
  onlineIsWhole,
];
