import type { Code } from "../code.ts";
import { int } from "../frame.ts";

/** Where the row after another begins, or that one again if there is no more. */
export const nextRow = (row: Code, step: Code, exists: Code): Code =>
  int.add(row, int.select(exists, step, int.constant(0)));
