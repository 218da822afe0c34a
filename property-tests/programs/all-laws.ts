import { secondDerivative, secondOnMachines, wholeGradient } from "./differences.ts";
import { evaluation, streaming, webAssembly } from "./engines.ts";
import type { ProgramLaw } from "./laws.ts";
import { meaningOfBent, meaningOfSmooth } from "./meaning.ts";

/** The laws of random programs, those that see most first. */
export const programLaws: ReadonlyArray<ProgramLaw> = [
  meaningOfSmooth,
  meaningOfBent,
  wholeGradient,
  streaming,
  secondDerivative,
  evaluation,
  webAssembly,
  secondOnMachines,
];
