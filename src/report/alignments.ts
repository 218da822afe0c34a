import { matrixPanel } from "../views/chart/matrix.ts";
import { panelSvg } from "../views/chart/panel.ts";
import { type Html, h, paragraph, section } from "../views/page/html.ts";
import type { RunReport } from "./run-report.ts";

/** So wide is a square at most: several pictures stand side by side. */
const widest = 24;

/** Outputs over two axes: attention, alignments. */
export const alignmentSection = ({ alignments }: RunReport): Html =>
  alignments.length === 0
    ? ""
    : section(
        "Outputs over two axes",
        paragraph("A square for each pair of positions: the stronger its colour, the greater."),
        h("div", { class: "panels" }, ...alignments.map((each) => panelSvg(matrixPanel(each, widest)))),
      );
