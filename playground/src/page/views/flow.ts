import type { Params } from "../../../../src/runtime/interface.ts";
import type { Dataset } from "../../dataset.ts";
import type { Flow } from "../../protocol.ts";
import { askingFor } from "../asking.ts";
import type { Ask } from "../client.ts";
import { element, labelled } from "../element.ts";
import { svgElement } from "../svg.ts";
import type { Right, View } from "../view.ts";

/** What a training of a program has come to, and on what it learned. */
export interface Trained {
  readonly params: Params | null;
  readonly dataset: Dataset | null;
}

/**
 * What flows through time in a model, before training and after it: how much of a state reaches later ones, and how the loss
 * reaches back.
 */
export const flowView = (ask: Ask, trainedOf: (right: Right) => Trained): View => {
  let right: Right | undefined;
  const shown = element("div", { class: "chart" });
  const asking = askingFor(ask, shown);
  const again = (): void => {
    told.textContent = slider.value;
    if (right === undefined) return;
    if (!right.facts.hasStates) {
      shown.textContent = "The model has no state that a recurrence carries.";
      return;
    }
    const { program, facts } = right;
    const { params: trained, dataset } = trainedOf(right);
    const example = dataset?.examples[0] ?? null;
    row.hidden = example !== null;
    void asking("flow", { ...program, length: slider.valueAsNumber, seed: 1, example, trained }, (flow) =>
      shown.replaceChildren(...drawn(flow, facts.model)),
    );
  };
  const slider = element("input", { type: "range", min: 2, max: 40, value: 20, onchange: again });
  const told = element("output", {}, "20");
  const row = element("div", { class: "row" }, labelled("length", slider), told);
  return {
    name: "flow",
    title: "Flow",
    content: element("div", {}, row, shown),
    show: (now) => {
      right = now;
      again();
    },
  };
};

const drawn = ({ about, style, rows }: Flow, model: string): ReadonlyArray<HTMLElement> => [
  element("style", {}, style),
  element("p", { class: "soft" }, about),
  ...rows.map(({ heading, notes, panels }) =>
    element(
      "section",
      {},
      element("h2", {}, heading),
      element("p", { class: "soft" }, notes),
      element("div", { class: "panels" }, ...panels.map((panel) => svgElement(panel, `${heading}, of ${model}`))),
    ),
  ),
];
