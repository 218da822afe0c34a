import { byAmount } from "../flow/picture/colours.ts";
import { linear, pointedText } from "../views/chart/scale.ts";
import { element, escaped, label } from "../views/svg-elements.ts";
import { type Html, h, paragraph, section } from "./html.ts";
import type { Alignment, RunReport, Side } from "./run-report.ts";

/** Outputs over two axes: attention, alignments. */
export const alignmentSection = ({ alignments }: RunReport): Html =>
  alignments.length === 0
    ? ""
    : section(
        "Outputs over two axes",
        paragraph("A square for each pair of positions: the brighter, the greater."),
        h("div", { class: "panels" }, ...alignments.map(picture)),
      );

/** So many positions of either axis are shown. */
const most = 48;

const cell = (count: number): number => Math.max(7, Math.min(22, Math.floor(480 / Math.max(1, count))));

const picture = ({ name, place, rows, columns, values }: Alignment): Html => {
  const shown = values.slice(0, most).map((row) => row.slice(0, most));
  const across = shown[0]?.length ?? 0;
  const size = cell(Math.max(shown.length, across));
  const [left, top] = [24 + 7 * longest(rows, shown.length), 56 + 6 * longest(columns, across)];
  const [width, height] = [
    Math.max(left + across * size + 14, 8 * `${name} ${place}`.length),
    top + shown.length * size + 24,
  ];
  const scale = linear(0, shown.flat().reduce((a, b) => Math.max(a, b), 0) || 1);
  const squares = shown.flatMap((row, i) =>
    row.map((value, j) => {
      const told = `${at(rows, i)}, ${at(columns, j)}: ${pointedText(value)}`;
      const place = { x: left + j * size, y: top + i * size, width: size, height: size };
      return element("rect", { ...place, fill: byAmount(value, scale) }, [element("title", {}, [escaped(told)])]);
    }),
  );
  const body = [
    label(`${name}[${rows.index},${columns.index}]`, 4, 16, { class: "title" }),
    label(place, 4, 32, { class: "soft" }),
    ...shown.map((_, i) => label(short(rows, i), left - 6, top + (i + 0.5) * size + 4, { "text-anchor": "end" })),
    ...Array.from({ length: across }, (_, j) => {
      const [x, y] = [left + (j + 0.5) * size + 4, top - 6];
      return label(short(columns, j), x, y, { transform: `rotate(-60 ${x} ${y})` });
    }),
    element("g", { "shape-rendering": "crispEdges" }, squares),
  ];
  return element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height },
    body,
  );
};

const at = ({ index, labels }: Side, i: number): string =>
  `${index} = ${i + 1}${labels?.[i] === undefined ? "" : ` (${labels[i]})`}`;

const short = ({ labels }: Side, i: number): string => {
  const letters = [...(labels?.[i] ?? String(i + 1))];
  return letters.length <= 12 ? letters.join("") : `${letters.slice(0, 11).join("")}…`;
};

const longest = (side: Side, count: number): number =>
  Array.from({ length: count }, (_, i) => [...short(side, i)].length).reduce((a, b) => Math.max(a, b), 1);
