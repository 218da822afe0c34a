import type { Ask } from "../client.ts";
import { checkbox, element, labelled } from "../element.ts";
import type { Draw } from "../graphviz.ts";
import type { Right, View } from "../view.ts";
import { showingPicture } from "./picture.ts";

/** A model unfolded in time, for a length that one drags. */
export const unfoldedView = (ask: Ask, draw: Draw): View => {
  let right: Right | undefined;
  const content = element("div", {}, element("p", { class: "soft" }, "Drawing …"));
  const show = showingPicture(ask, draw, content);
  const again = (): void => {
    told.textContent = slider.value;
    const of = {
      tag: "unfolded",
      length: slider.valueAsNumber,
      inUnits: units.checked,
      insideCells: inside.checked,
    } as const;
    if (right !== undefined) show(right, of, `The unfolded graph, length ${slider.value},`);
  };
  const slider = element("input", { type: "range", min: 1, max: 10, value: 3, oninput: again });
  const told = element("output", {}, "3");
  const units = checkbox(again);
  const inside = checkbox(again);
  return {
    name: "unfolded",
    title: "Unfolded",
    content: element(
      "div",
      {},
      element(
        "div",
        { class: "row" },
        labelled("length", slider),
        told,
        labelled("inside cells", inside),
        labelled("each unit", units),
      ),
      content,
    ),
    show: (shown) => {
      right = shown;
      slider.disabled = shown.facts.lengths.length === 0;
      again();
    },
  };
};
