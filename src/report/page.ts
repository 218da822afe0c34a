import { escaped } from "../views/svg-elements.ts";
import { alignmentSection } from "./alignments.ts";
import { drawnSection } from "./drawn.ts";
import { equationsSection } from "./equations.ts";
import { examplesSection } from "./examples.ts";
import { h, text } from "./html.ts";
import { parametersSection } from "./parameters.ts";
import { repeatSection } from "./repeat.ts";
import type { RunReport } from "./run-report.ts";
import { scoresSections } from "./scores.ts";
import { pageStyle } from "./style.ts";
import { trainingSection } from "./training.ts";

/** A run as one file for a browser: it asks for nothing from elsewhere and runs no script, and whatever stands in it is escaped. */
export const reportPage = (run: RunReport): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(run.model)}: a run</title>
<style>${pageStyle}</style>
<body class="chart">
${h("h1", {}, text(run.model))}
${h("p", { class: "soft" }, text(run.about))}
${[
  ...scoresSections(run),
  trainingSection(run),
  examplesSection(run),
  alignmentSection(run),
  drawnSection(run),
  parametersSection(run),
  equationsSection(run),
  repeatSection(run),
].join("\n")}
</body>
</html>
`;
