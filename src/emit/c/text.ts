import type { Precision } from "../../runtime/interface.ts";
import type { NamedProgram } from "../back-end.ts";
import type { CChoices } from "./choices.ts";
import { programText } from "./program.ts";
import type { Calls } from "./scope.ts";
import { supportText } from "./support.ts";

/** Programs as one file of C11 that includes nothing but integers, sizes and copies of memory. Program i is `run<i>`. */
export const programsText = (
  programs: ReadonlyArray<NamedProgram>,
  precision: Precision,
  choices: CChoices,
): string => {
  const called: Calls = { elementary: new Set(), powers: new Set(), products: false };
  const texts = programs.map(({ program }, i) => programText(`run${i}`, program, precision, choices, called));
  return `${[supportText(called, precision), ...texts].join("\n\n")}\n`;
};
