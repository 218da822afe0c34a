import { keptAs } from "../kept.ts";
import { writeSection } from "../section.ts";
import type { Measurement } from "./measurement.ts";
import { markdownOf } from "./table.ts";

const kept = keptAs<Measurement>("measured");

/** Keeps what was measured, so that a table may be made of several runs. */
export const keep = (measurement: Measurement): void => kept.keep(measurement.name, measurement);

/** Puts the table of the tasks, each as it was last measured, between the marks in README.md. */
export const writeTable = (names: ReadonlyArray<string>): void =>
  writeSection("reached", markdownOf(names.flatMap(kept.find)));
