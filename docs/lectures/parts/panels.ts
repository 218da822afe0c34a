import { matrixPanel } from "../../../src/views/chart/matrix.ts";
import { type Panel, panelSvg } from "../../../src/views/chart/panel.ts";
import type { Plotted } from "../../../src/views/chart/plotted.ts";
import { type Html, h, text } from "../../../src/views/page/html.ts";

/** Panels side by side, with a line under them. */
export const panelsHtml = (panels: ReadonlyArray<Panel>, caption = ""): Html =>
  h(
    "figure",
    {},
    h("div", { class: "panels" }, ...panels.map(panelSvg)),
    caption === "" ? "" : h("figcaption", {}, text(caption)),
  );

export const matrixHtml = (plotted: ReadonlyArray<Plotted>, caption = "", widest = 40): Html =>
  panelsHtml(
    plotted.map((each) => matrixPanel(each, widest)),
    caption,
  );
