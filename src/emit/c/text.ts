import type { Precision } from "../../runtime/interface.ts";
import type { NamedProgram } from "../back-end.ts";
import type { CChoices } from "./choices.ts";
import { planText } from "./plan.ts";
import { exportedText, programText } from "./program.ts";
import type { Calls } from "./scope.ts";
import { supportText } from "./support.ts";
import { usedText } from "./used.ts";

/** Programs as one file of C11 that includes nothing but integers, sizes and copies of memory. Program i is `run<i>`. */
export const programsText = (
  programs: ReadonlyArray<NamedProgram>,
  precision: Precision,
  choices: CChoices,
): string => {
  const { support, texts } = textsOf(
    programs.map(({ program }, i) => ({ name: `run${i}`, program })),
    precision,
    choices,
  );
  const exported = programs.map(({ program }, i) => exportedText(`run${i}`, program, choices));
  return `${[support, ...texts, ...exported].join("\n\n")}\n`;
};

/**
 * Programs as functions of one file alone, each with the plan of its memory, and what further text calls of these and
 * of kernels, which is printed as far as it is called.
 */
export const ownProgramsText = (
  programs: ReadonlyArray<NamedProgram>,
  precision: Precision,
  choices: CChoices,
  kernels: ReadonlyArray<string>,
  called: Calls,
  after: ReadonlyArray<string>,
): string => {
  const { support, texts } = textsOf(programs, precision, choices, called);
  const plans = programs.map(({ name, program }) => planText(name, program, choices));
  const own = [...texts, ...plans, ...after].join("\n\n");
  return [usedText(plain([support, ...kernels].join("\n")), own), own].join("\n\n");
};

/** Without what is said to those who read the kernels, and how they are set. */
const plain = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/\n\s+/g, "\n");

/** What texts call, before any is printed. */
export const newCalls = (): Calls => ({ elementary: new Set(), powers: new Set(), products: false });

const textsOf = (
  programs: ReadonlyArray<NamedProgram>,
  precision: Precision,
  choices: CChoices,
  called: Calls = newCalls(),
) => {
  const texts = programs.map(({ name, program }) => programText(name, program, precision, choices, called));
  return { support: supportText(called, precision), texts };
};
