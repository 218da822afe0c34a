import type { Run } from "../train/run.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Says of a run whose numbers were normalised how: what is written for another world takes and gives numbers as the model
 * has them, and would be wrong on those of the data in silence.
 */
export const noteScales = (terminal: Terminal, { recipe: { coding } }: Run): void => {
  const scalings = Object.entries(coding?.scalings ?? {});
  if (scalings.length === 0) return;
  const told = scalings.map(
    ([name, { mean, deviation }]) => `${name} is (value - ${textOf(mean)}) / ${textOf(deviation)}`,
  );
  terminal.err(
    `note: this run was trained on normalised numbers, which the file takes and gives: ${told.join("; ")}.\n`,
  );
};

const textOf = (given: number | ReadonlyArray<number>): string =>
  typeof given === "number" ? String(given) : `[${given.join(", ")}]`;
