import { lossText, type Rows, type TargetTables, tablesOf } from "../measure/table.ts";
import { folded, type Html, h, paragraph, section, table, text } from "../views/page/html.ts";
import type { RunReport } from "./run-report.ts";

/** How well each target is told, beside baselines: the tables of `eval`. */
export const scoresSections = ({ report, resamples }: RunReport): ReadonlyArray<Html> => [
  section(
    "How well it does",
    h("p", { class: "soft" }, text(`On ${report.examples} examples: ${lossText(report, resamples)}.`)),
    ...report.targets.flatMap((target) => {
      const { measures, classes } = tablesOf(target);
      return [measuresTable(measures), ...(classes === undefined ? [] : [ofClasses(classes)])];
    }),
  ),
];

const measuresTable = ([head = [], ...rows]: Rows): Html =>
  h(
    "div",
    { class: "wide" },
    h(
      "table",
      { class: "scores" },
      h("tr", {}, ...head.map((word) => h("th", {}, text(word)))),
      ...rows.map((row, i) =>
        h("tr", i === 0 ? { class: "model" } : {}, ...row.map((word) => h("td", {}, estimated(word)))),
      ),
    ),
  );

/** Where there is little room, an interval stands below its value, and is not broken itself. */
const estimated = (word: string): Html => {
  const [value = "", ...interval] = word.split(" [");
  return interval.length === 0
    ? text(word)
    : `${text(value)} ${h("span", { class: "interval" }, text(`[${interval.join(" [")}`))}`;
};

const ofClasses = ({ scores, left, confusion }: NonNullable<TargetTables["classes"]>): Html =>
  [
    h("h3", {}, "What was taken for what"),
    paragraph(
      "A row for each class in the data, a column for each that was predicted; the stronger its colour, the greater its share of the row.",
    ),
    confusionTable(confusion),
    folded(
      "Precision, recall and F1 of each class",
      table(scores),
      left === 0 ? "" : paragraph(`And ${left} rarer ones.`),
    ),
  ].join("");

const confusionTable = (rows: Rows): Html => {
  const totals = rows.slice(1).map(([, ...counts]) => counts.reduce((sum, count) => sum + Number(count), 0));
  return table(rows, (word, line, column) => {
    if (column === 0) return h("td", {}, text(word));
    const share = Number(word) / (totals[line] || 1);
    const colour = line === column - 1 ? "var(--l0)" : "var(--l1)";
    const fill = `background:color-mix(in srgb,${colour} ${Math.round(70 * share)}%,transparent)`;
    return h("td", { class: "matrix", style: fill }, text(word));
  });
};
