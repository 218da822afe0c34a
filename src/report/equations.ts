import type { Line } from "../views/listing.ts";
import { folded, type Html, h, section } from "./html.ts";
import { mathExpression, mathVariable, row, sign } from "./mathml.ts";
import type { RunReport } from "./run-report.ts";

/** The model: its equations as mathematics, one a line, and its circuit. */
export const equationsSection = ({ equations, circuit }: RunReport): Html =>
  section(
    "The model",
    h("div", { class: "wide" }, h("table", { class: "equations" }, ...equations.map(equationRow))),
    circuit === undefined ? "" : folded("Its circuit", h("div", { class: "drawing" }, circuit)),
  );

const equationRow = (line: Line): Html =>
  h(
    "tr",
    {},
    h("td", {}, math(mathVariable(line.left.name, line.left.indices))),
    h("td", {}, math(sign(line.tag === "random" ? "∼" : "="))),
    h("td", {}, math(row(mathExpression(line.right), weightOf(line)))),
  );

const weightOf = (line: Line): Html =>
  line.tag === "random" && line.weight !== undefined
    ? row(h("mspace", { width: "1em" }), h("mtext", {}, "weight "), mathExpression(line.weight))
    : "";

const math = (inner: Html): Html =>
  h("math", { xmlns: "http://www.w3.org/1998/Math/MathML", displaystyle: "true" }, inner);
