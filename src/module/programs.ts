import type { Circuit } from "../circuit/circuit.ts";
import { withoutNothing } from "../circuit/optimisation.ts";
import { backEnds } from "../emit/back-ends.ts";
import { literal } from "../emit/literal.ts";
import type { LoopProgram } from "../loops/loops.ts";
import type { Programs } from "../runtime/program.ts";
import type { Choices } from "../schedule/choices.ts";
import { scheduleWithout } from "../schedule/optimisations.ts";
import { schedule } from "../schedule/schedule.ts";
import { axesOfSteps } from "../schedule/statements/moving.ts";
import { carriedSymbols } from "./carried-symbols.ts";
import type { Settings } from "./settings.ts";

/** What the programs of a module depend on; by default nothing is switched off, and everything is kept. */
export type ProgramSettings = Pick<Settings, "precision" | "target"> &
  Partial<Pick<Settings, "without" | "memory" | "names">>;

/** What programs share, and by the name of its circuit a JavaScript expression that gives each `Program`. */
export interface ProgramTexts<Circuits extends object> {
  readonly support: string;
  readonly programs: { readonly [name in keyof Circuits]: string };
}

/** How programs are scheduled for a back end. */
export const choicesFor = ({ precision, target, without = withoutNothing, memory }: ProgramSettings): Choices => ({
  ...scheduleWithout(without, memory),
  sumsInDouble: backEnds[target].sumsInDouble(precision),
});

/** The loops of a circuit that is the program of this name. */
export const loopsOf = (name: string, circuit: Circuit, choices: Choices): LoopProgram => {
  const furtherAxes = name === "step" ? axesOfSteps : choices.furtherAxes;
  const loops = schedule(circuit, { ...choices, furtherAxes, inOrder: forwards.includes(name) });
  return holding.includes(name) ? { ...loops, holds: true } : loops;
};

/** The programs whose parameters stay from run to run. */
const holding: ReadonlyArray<string> = ["step", "process"] satisfies ReadonlyArray<keyof Programs>;

/** The programs that give the same bits however a sequence is cut. */
const forwards: ReadonlyArray<string> = ["forward", "start", "step", "process"] satisfies ReadonlyArray<keyof Programs>;

/** A program as it stands in a module: it says which values it takes over are symbols. */
export const moduleProgram = (circuit: Circuit, text: string): string => {
  const symbols = carriedSymbols(circuit);
  return Object.keys(symbols).length === 0 ? text : `{ ...${text}, symbols: ${literal(symbols)} }`;
};

/** One program to be read, as its back end shows it. */
export const readableText = (circuit: Circuit, settings: ProgramSettings, name = "program"): string => {
  const { precision, target, without = withoutNothing } = settings;
  const program = loopsOf(name, circuit, choicesFor(settings));
  return backEnds[target].readable({ name, program }, { precision, without });
};
