import { h, text } from "../views/page/html.ts";
import { pageOf } from "../views/page/page.ts";
import { alignmentSection } from "./alignments.ts";
import { drawnSection } from "./drawn.ts";
import { equationsSection } from "./equations.ts";
import { examplesSection } from "./examples.ts";
import { parametersSection } from "./parameters.ts";
import { repeatSection } from "./repeat.ts";
import type { RunReport } from "./run-report.ts";
import { scoresSections } from "./scores.ts";
import { reportStyle } from "./style.ts";
import { trainingSection } from "./training.ts";

/** A run as one page; whatever stands in it is escaped. */
export const reportPage = (run: RunReport): string =>
  pageOf(`${run.model}: a run`, reportStyle, [
    h("h1", {}, text(run.model)),
    h("p", { class: "soft" }, text(run.about)),
    ...scoresSections(run),
    trainingSection(run),
    examplesSection(run),
    alignmentSection(run),
    drawnSection(run),
    parametersSection(run),
    equationsSection(run),
    repeatSection(run),
  ]);
