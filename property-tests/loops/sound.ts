import type { Circuit } from "../../src/circuit/circuit.ts";
import { targetNames } from "../../src/emit/targets.ts";
import { validated } from "../../src/loops/validate/validate.ts";
import type { Circuits } from "../../src/module/circuits.ts";
import { choicesFor, type ProgramSettings } from "../../src/module/programs.ts";
import type { Memory } from "../../src/schedule/recompute/memory.ts";
import { schedule } from "../../src/schedule/schedule.ts";

/** What is kept of a recurrence: everything, its states, or those of segments as short and as long as sequences are. */
export const memories: ReadonlyArray<Memory> = ["full", "states", "every:1", "every:3", "every:100"];

/** Single precision in JavaScript is what sums of segments as doubles are for. */
export const engines: ReadonlyArray<Pick<ProgramSettings, "precision" | "target">> = targetNames.map((target) => ({
  precision: "f32",
  target,
}));

/** Throws the fault of the pass that gives loops that are not valid, of the circuits that there are. */
export const staysSound = (
  circuits: Readonly<Record<string, Circuit | undefined>> | Circuits,
  options: ProgramSettings,
): void => {
  for (const circuit of Object.values(circuits) as ReadonlyArray<Circuit | undefined>)
    if (circuit !== undefined) schedule(circuit, { ...choicesFor(options), checkedLoops: validated });
};
