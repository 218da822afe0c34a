import { equationTable } from "../views/mathml/html.ts";
import { folded, type Html, h, section } from "../views/page/html.ts";
import type { RunReport } from "./run-report.ts";

/** The model: its equations as mathematics, one a line, and its circuit. */
export const equationsSection = ({ equations, circuit }: RunReport): Html =>
  section(
    "The model",
    equationTable(equations),
    circuit === undefined ? "" : folded("Its circuit", h("div", { class: "drawing" }, circuit)),
  );
