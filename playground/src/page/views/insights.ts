import type { Insights } from "../../protocol.ts";
import { element } from "../element.ts";
import { heatMapElement } from "../heat-map.ts";
import { sampleRows } from "../samples.ts";

/** What a model does so far: examples beside what it makes of them, its attention, its states. */
export const newInsights = () => {
  const samples = element("table", { class: "samples" });
  const maps = element("div", { class: "panels" });
  const content = element(
    "div",
    { hidden: true },
    element("h2", {}, "What it does so far"),
    element("div", { class: "wide" }, samples),
    maps,
  );
  return {
    content,
    show: (found: Insights): void => {
      content.hidden = found.samples.length + found.maps.length === 0;
      samples.replaceChildren(...(found.samples.length === 0 ? [] : sampleRows(found.samples)));
      maps.replaceChildren(...found.maps.map(heatMapElement));
    },
    clear: (): void => {
      content.hidden = true;
    },
  };
};
