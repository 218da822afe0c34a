import { matrixPanel } from "../../../../src/views/chart/matrix.ts";
import { panelSvg, style } from "../../../../src/views/chart/panel.ts";
import type { Plotted } from "../../../../src/views/chart/plotted.ts";
import type { Insights } from "../../protocol.ts";
import { element } from "../element.ts";
import { sampleRows } from "../samples.ts";
import { svgElement } from "../svg.ts";

/** So wide is a square at most. */
const widest = 22;

/** For those who cannot see it. */
const described = ({ title, sides: [rows, columns], values }: Plotted): string => {
  const greatest = values.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return `${title}: ${values.length} rows (${rows!.name}) by ${columns!.labels.length} columns (${columns!.name}), the greatest size ${greatest.toPrecision(3)}`;
};

/** What a model does so far: examples beside what it makes of them, its attention, its states. */
export const newInsights = () => {
  const samples = element("table", { class: "samples" });
  const maps = element("div", { class: "panels chart" });
  const content = element(
    "div",
    { hidden: true },
    element("h2", {}, "What it does so far"),
    element("div", { class: "wide" }, samples),
    element("style", {}, style),
    maps,
  );
  return {
    content,
    show: (found: Insights): void => {
      content.hidden = found.samples.length + found.maps.length === 0;
      samples.replaceChildren(...(found.samples.length === 0 ? [] : sampleRows(found.samples)));
      maps.replaceChildren(...found.maps.map((map) => svgElement(panelSvg(matrixPanel(map, widest)), described(map))));
    },
    clear: (): void => {
      content.hidden = true;
    },
  };
};
