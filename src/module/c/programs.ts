import type { Circuit } from "../../circuit/circuit.ts";
import { withoutNothing } from "../../circuit/optimisation.ts";
import { cWithout } from "../../emit/c/choices.ts";
import { offsetCount } from "../../emit/c/plan.ts";
import { holds } from "../../emit/c/program.ts";
import { carriedSymbols } from "../carried-symbols.ts";
import { choicesFor, loopsOf, type ProgramSettings } from "../programs.ts";
import type { CContents, CProgram } from "./contents.ts";

/** The programs of a module in C, whatever else the module is compiled for. */
export const cPrograms = (
  circuits: Readonly<Record<string, Circuit>>,
  settings: ProgramSettings,
): CContents["programs"] => {
  const choices = choicesFor({ ...settings, target: "native" });
  const { without = withoutNothing } = settings;
  return Object.fromEntries(
    Object.entries(circuits).flatMap(([name, circuit]): ReadonlyArray<readonly [string, CProgram]> => {
      // A block is step after step.
      if (name === "process") return [];
      const program = loopsOf(name, circuit, choices);
      const own = cWithout(without);
      const symbols = carriedSymbols(circuit);
      return [[name, { program, symbols, offsets: offsetCount(program, own), isPacked: holds(program, own) }]];
    }),
  );
};
