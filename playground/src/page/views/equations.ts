import { equationsIn } from "../../../../src/views/mathml/equations.ts";
import type { Equations } from "../../protocol.ts";
import { askingFor } from "../asking.ts";
import type { Ask } from "../client.ts";
import { copyButton } from "../copy-button.ts";
import { element } from "../element.ts";
import { mathLine } from "../math-element.ts";
import type { View } from "../view.ts";

/** A model's equations, or those of its gradient, set as on a slide. */
export const equationsView = (ask: Ask, of: "model" | "adjoint"): View => {
  const shown = element("div", { class: "equations" });
  const asking = askingFor(ask, shown);
  const none = of === "model" ? "There are no equations." : "The model has no loss, and so no adjoint.";
  const show = (equations: Equations): void => {
    const lines = equationsIn(equations.latex);
    if (lines.length === 0) {
      shown.replaceChildren(element("p", { class: "soft" }, none));
      return;
    }
    const rows = lines.map(({ left, right }) =>
      element("tr", {}, element("td", { class: "left" }, mathLine(left)), element("td", {}, mathLine(right))),
    );
    shown.replaceChildren(
      element("div", { class: "wide" }, element("table", { role: "presentation" }, ...rows)),
      element(
        "div",
        { class: "row" },
        copyButton("Copy LaTeX", () => equations.latex),
        copyButton("Copy text", () => equations.text),
      ),
    );
  };
  return {
    name: of === "model" ? "equations" : "adjoint",
    title: of === "model" ? "Equations" : "Adjoint",
    content: shown,
    show: ({ program }) => void asking("equations", { ...program, of }, show),
  };
};
