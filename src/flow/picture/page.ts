import { panelSvg } from "../../views/chart/panel.ts";
import { type Html, h, paragraph, section, table, text } from "../../views/page/html.ts";
import { pageOf } from "../../views/page/page.ts";
import { shortNumber, summaryOf } from "../summary.ts";
import type { Portrait } from "./portrait.ts";
import type { Row } from "./row.ts";
import { rowsOf } from "./rows.ts";

/** What flows through time as one page. */
export const flowPage = (portrait: Portrait): string => {
  const title = `${portrait.model}: what flows through time`;
  return pageOf(title, flowStyle, [
    h("h1", {}, text(title)),
    paragraph(portrait.about),
    summaryTable(portrait),
    spectrumTable(portrait),
    ...rowsOf(portrait).map(rowSection),
    h("footer", {}, ...explained.map((words) => h("p", {}, text(words)))),
  ]);
};

const flowStyle = `
h2{font-size:18px;margin:28px 0 4px}
`;

const explained = [
  "‖∂h[t]/∂h[k]‖ is the greatest singular value of the total derivative of a state by what it was at an earlier position: at 1 (grey) a small change of the state at k is as large at t, below (blue) it vanishes, above (orange) it explodes. ‖∂L[t]/∂h[k]‖ is the length of the derivative of what the loss gains at t; its sum over t before lengths are taken is ∂L/∂h[k]. What is blank does not depend on what is moved.",
  "The product of steps multiplies the norms of the derivatives from each position to the next, and bounds the norm over all of them where nothing else carries what was before. The bound that is dotted follows from the equation alone: the greatest slopes of its functions times the greatest singular values of its matrices, once for each position.",
];

const rowSection = ({ heading, notes, panels }: Row): Html =>
  section(heading, ...notes.map(paragraph), h("div", { class: "panels" }, ...panels.map(panelSvg)));

/** Nothing where there are no rows. */
const tableOf = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): Html =>
  rows.length === 0 ? "" : table([head, ...rows]);

const told = (value: number | null): string => (value === null ? "–" : shortNumber(value));

const named = (name: string, when: string): string => (when === "" ? name : `${name}, ${when}`);

const summaryTable = ({ flows }: Portrait): string =>
  tableOf(
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
  tableOf(
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
