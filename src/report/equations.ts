import type { MathElement } from "../views/mathml/element.ts";
import { equationsIn } from "../views/mathml/equations.ts";
import { folded, type Html, h, section, text } from "../views/page/html.ts";
import type { RunReport } from "./run-report.ts";

/** The model: its equations as mathematics, one a line, and its circuit. */
export const equationsSection = ({ equations, circuit }: RunReport): Html =>
  section(
    "The model",
    h(
      "div",
      { class: "wide" },
      h(
        "table",
        { class: "equations" },
        ...equationsIn(equations).map(({ left, right }) =>
          h("tr", {}, ...[left, right].map((side) => h("td", {}, math(side)))),
        ),
      ),
    ),
    circuit === undefined ? "" : folded("Its circuit", h("div", { class: "drawing" }, circuit)),
  );

const math = (inside: MathElement): Html => h("math", { displaystyle: "true" }, elementHtml(inside));

const elementHtml = ({ name, attributes, inside }: MathElement): Html =>
  h(name, attributes, ...(typeof inside === "string" ? [text(inside)] : inside.map(elementHtml)));
