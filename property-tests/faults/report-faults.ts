import { type Fault, faultsOf } from "./fault.ts";

const cells = faultsOf("weights/dialects/cells.ts");
const numbers = faultsOf("weights/unusable.ts");
const html = faultsOf("views/page/html.ts");
const training = faultsOf("report/training.ts");

/** What a run is told by, and what weights are exchanged with others. */
export const reportFaults: ReadonlyArray<Fault> = [
  cells(
    "a layer has whatever functions a cell has",
    "given.isOfTheLanguage && known.includes(given.name)",
    "known.length > 0",
  ),
  numbers("weights may be infinite", "!Number.isFinite(value) && ", "Number.isNaN(value) && "),
  html("what anybody wrote is taken for elements", "  escaped(\n    written", "  String(\n    written"),
  training("an evaluation is told with the loss of training", "[loss, heldOut].map", "[heldOut, loss].map"),
];
