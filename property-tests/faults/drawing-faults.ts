import { type Fault, faultsOf } from "./fault.ts";

const beam = faultsOf("runtime/beam.js");
const rows = faultsOf("runtime/rows.js");
const choices = faultsOf("runtime/choose.js");
const drawn = faultsOf("runtime/drawn.js");

/** Mistakes in what is drawn, and in what a beam finds. */
export const drawingFaults: ReadonlyArray<Fault> = [
  beam(
    "the length penalty is dropped",
    "log / portableExp(penalty * portableLog((5 + found) / 6))",
    "log + 0 * portableExp(penalty * portableLog(found + 1))",
  ),
  beam(
    "a beam gives up while it may still find a better sequence",
    "found: first.found + options.length - t - 1 }",
    "found: first.found }",
  ),
  rows(
    "a beginning goes on from the state that stood in its row",
    "const from = to + (Number(sources[row]) - row) * block;",
    "const from = to + 0 * Number(sources[row]) * block;",
  ),
  choices("a nucleus lacks its last symbol", "nucleus + 1", "Math.max(nucleus, 1)"),
  drawn("what is padding beside a longer sequence is drawn", "if (isValid) for (let i", "if (cell >= 0) for (let i"),
];
