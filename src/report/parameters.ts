import { pointedText } from "../views/chart/scale.ts";
import { type Html, h, paragraph, section, table, text } from "../views/page/html.ts";
import type { ParameterNorms, RunReport } from "./run-report.ts";

/** How long each parameter is, and the gradient by it: where learning would still move something. */
export const parametersSection = ({ parameters }: RunReport): Html => {
  if (parameters.length === 0) return "";
  const greatest = parameters.reduce((most, { gradient }) => Math.max(most, gradient ?? 0), 0);
  const rows = [
    ["parameter", "shape", "numbers", "length", "length of the gradient", ""],
    ...parameters.map(({ path, shape, norm, gradient }) => [
      path,
      `[${shape.join(", ")}]`,
      String(shape.reduce((a, b) => a * b, 1)),
      pointedText(norm),
      gradient === null ? "–" : pointedText(gradient),
      barWidth(gradient, greatest),
    ]),
  ];
  return section(
    "Parameters",
    paragraph(
      "Lengths (Frobenius norms) of each parameter, and of the gradient of the loss per predicted value by it, over what was measured.",
    ),
    table(rows, (word, _, column) =>
      column === 5
        ? h("td", { style: "text-align:left" }, h("span", { class: "bar", style: `width:${word}px` }))
        : h("td", {}, text(word)),
    ),
  );
};

const barWidth = (gradient: ParameterNorms["gradient"], greatest: number): string =>
  String(Math.round((160 * (gradient ?? 0)) / (greatest || 1)));
