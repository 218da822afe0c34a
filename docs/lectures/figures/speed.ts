import type { Part } from "../lecture.ts";
import { measured } from "../measured.ts";
import type { Speed } from "../measurements/speed.ts";
import { findingsTable } from "../parts/findings.ts";

/** Times of one machine, as they were measured there. */
export const speedOf = (what: "loop" | "gru"): Part => ({
  how: "measured",
  html: () => {
    const found = measured<Speed>("speed");
    return findingsTable(found[what].claim, found[what].findings, found.command);
  },
});
