import { type Html, h, text } from "../page/html.ts";
import type { MathElement } from "./element.ts";
import { equationsIn } from "./equations.ts";

/** LaTeX of the project's own printer as mathematics in a page: an equation a line, aligned where both sides meet. */
export const equationTable = (latex: string): Html =>
  h(
    "div",
    { class: "wide" },
    h(
      "table",
      { class: "equations" },
      ...equationsIn(latex).map(({ left, right }) =>
        h("tr", {}, ...[left, right].map((side) => h("td", {}, mathHtml(side)))),
      ),
    ),
  );

const mathHtml = (inside: MathElement): Html => h("math", { displaystyle: "true" }, elementHtml(inside));

const elementHtml = ({ name, attributes, inside }: MathElement): Html =>
  h(name, attributes, ...(typeof inside === "string" ? [text(inside)] : inside.map(elementHtml)));

/** What such tables look like in a page. */
export const equationStyle = `math{font-size:17px;margin:0}
math .bold{font-weight:bold}
math .case{text-align:left;padding-right:1em}
table.equations{margin:6px 0}
table.equations td{border:0;padding:5px 6px;vertical-align:middle}
table.equations td:first-child{text-align:right}
table.equations td:last-child{text-align:left}
`;
