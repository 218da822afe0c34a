import { type Panel, style } from "../../views/chart/panel.ts";
import { element, escaped } from "../../views/svg-elements.ts";
import { shortNumber, summaryOf } from "../summary.ts";
import type { Portrait } from "./portrait.ts";
import type { Row } from "./row.ts";
import { rowsOf } from "./rows.ts";

/** One file for a browser, with nothing from elsewhere and no script. */
export const flowPage = (portrait: Portrait): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(portrait.model)}: what flows through time</title>
<style>${style}${pageStyle}</style>
<body class="chart">
<h1>${escaped(portrait.model)}: what flows through time</h1>
<p class="soft">${escaped(portrait.about)}</p>
${summaryTable(portrait)}
${spectrumTable(portrait)}
${rowsOf(portrait).map(section).join("\n")}
<footer>${explained.map((text) => `<p>${escaped(text)}</p>`).join("")}</footer>
</body>
</html>
`;

const pageStyle = `
:root{color-scheme:light dark}
body.chart{font-size:15px;line-height:1.45;margin:0 auto;max-width:1240px;padding:20px;color:var(--ink);background:var(--paper)}
h1{font-size:24px;margin:0}
h2{font-size:18px;margin:28px 0 4px}
p{margin:4px 0}
p.soft,footer,th{color:var(--soft)}
footer{border-top:1px solid var(--grid);margin-top:28px;padding-top:8px;font-size:13px}
.panels{display:flex;flex-wrap:wrap;gap:4px}
.panels svg{font-size:12px;max-width:100%;height:auto}
.wide{overflow-x:auto}
table{border-collapse:collapse;margin:14px 0;font-variant-numeric:tabular-nums}
th,td{padding:3px 14px 3px 0;text-align:right;border-bottom:1px solid var(--grid);font-weight:400}
th:first-child,td:first-child{text-align:left}
`;

const explained = [
  "‖∂h[t]/∂h[k]‖ is the greatest singular value of the total derivative of a state by what it was at an earlier position: at 1 (grey) a small change of the state at k is as large at t, below (blue) it vanishes, above (orange) it explodes. ‖∂L[t]/∂h[k]‖ is the length of the derivative of what the loss gains at t; its sum over t before lengths are taken is ∂L/∂h[k]. What is blank does not depend on what is moved.",
  "The product of steps multiplies the norms of the derivatives from each position to the next, and bounds the norm over all of them where nothing else carries what was before. The bound that is dotted follows from the equation alone: the greatest slopes of its functions times the greatest singular values of its matrices, once for each position.",
];

const section = ({ heading, notes, panels }: Row): string =>
  `<section><h2>${escaped(heading)}</h2>${notes.map((note) => `<p class="soft">${escaped(note)}</p>`).join("")}<div class="panels">${panels.map(drawing).join("")}</div></section>`;

const drawing = ({ width, height, body }: Panel): string =>
  element("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height }, [body]);

const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  rows.length === 0
    ? ""
    : `<div class="wide"><table><tr>${head.map((text) => `<th>${escaped(text)}</th>`).join("")}</tr>${rows
        .map((row) => `<tr>${row.map((text) => `<td>${escaped(text)}</td>`).join("")}</tr>`)
        .join("")}</table></div>`;

const told = (value: number | null): string => (value === null ? "–" : shortNumber(value));

const named = (name: string, when: string): string => (when === "" ? name : `${name}, ${when}`);

const summaryTable = ({ flows }: Portrait): string =>
  table(
    [
      "state",
      "components",
      "half-life",
      "growth per position",
      "least in one step",
      "greatest in one step",
      "bound of a step",
    ],
    flows[0]!.flow.states.flatMap((_, s) =>
      flows.map(({ when, flow }) => {
        const state = flow.states[s]!;
        const { halfLife, growth, leastGrowth, greatestGrowth } = summaryOf(state);
        const half = halfLife === null ? `> ${state.length - 1}` : shortNumber(halfLife);
        const bound = state.stepBound === null ? "–" : `${state.stepBound.written} = ${told(state.stepBound.value)}`;
        return [
          named(state.name, when),
          String(state.size),
          half,
          told(growth),
          told(leastGrowth),
          told(greatestGrowth),
          bound,
        ];
      }),
    ),
  );

const spectrumTable = ({ flows }: Portrait): string =>
  table(
    ["recurrent matrix", "shape", "greatest singular value", "least", "spectral radius"],
    flows[0]!.flow.spectra.flatMap((_, m) =>
      flows.map(({ when, flow }) => {
        const { name, rows, columns, singularValues, eigenvalues } = flow.spectra[m]!;
        return [
          named(name, when),
          `${rows} × ${columns}`,
          told(singularValues[0] ?? null),
          told(singularValues.at(-1) ?? null),
          told(eigenvalues?.[0] ?? null),
        ];
      }),
    ),
  );
