import type { Circuit } from "../circuit/circuit.ts";
import { withoutNothing } from "../circuit/optimisation.ts";
import type { NamedProgram } from "../emit/back-end.ts";
import { backEnds } from "../emit/back-ends.ts";
import { literal } from "../emit/literal.ts";
import type { Choices } from "../schedule/choices.ts";
import { scheduleWithout } from "../schedule/optimisations.ts";
import { schedule } from "../schedule/schedule.ts";
import { carriedSymbols } from "./carried-symbols.ts";
import type { Settings } from "./settings.ts";

/** What the programs of a module depend on; by default nothing is switched off, and everything is kept. */
export type ProgramSettings = Pick<Settings, "precision" | "target"> &
  Partial<Pick<Settings, "without" | "memory" | "names">>;

/** How programs are scheduled for a back end. */
export const choicesFor = ({ precision, target, without = withoutNothing, memory }: ProgramSettings): Choices => ({
  ...scheduleWithout(without, memory),
  sumsInDouble: backEnds[target].sumsInDouble(precision),
});

/** What the programs share, and for each circuit, which has a batch, a JavaScript expression that gives its `Program`. */
export const programTexts = <Circuits extends object>(
  circuits: Circuits,
  settings: ProgramSettings,
): { readonly support: string; readonly programs: { readonly [name in keyof Circuits]: string } } => {
  const entries: ReadonlyArray<readonly [string, Circuit]> = Object.entries(circuits);
  const { precision, target, without = withoutNothing, names = false } = settings;
  const scheduled = entries.map(([name, circuit]) => named(name, circuit, settings));
  const { support, programs } = backEnds[target].print(scheduled, { precision, without, names });
  const texts = entries.map(([name, circuit], i) => [name, moduleProgram(circuit, programs[i]!)] as const);
  return { support, programs: Object.fromEntries(texts) as { readonly [name in keyof Circuits]: string } };
};

const named = (name: string, circuit: Circuit, settings: ProgramSettings): NamedProgram => ({
  name,
  program: schedule(circuit, choicesFor(settings)),
});

/** A program as it stands in a module: it says which values it takes over are symbols. */
export const moduleProgram = (circuit: Circuit, text: string): string => {
  const symbols = carriedSymbols(circuit);
  return Object.keys(symbols).length === 0 ? text : `{ ...${text}, symbols: ${literal(symbols)} }`;
};

/** One program to be read, as its back end shows it. */
export const readableText = (circuit: Circuit, settings: ProgramSettings, name = "program"): string => {
  const { precision, target, without = withoutNothing } = settings;
  return backEnds[target].readable(named(name, circuit, settings), { precision, without });
};
