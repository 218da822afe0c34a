import type { HeatMap } from "../protocol.ts";
import { element } from "./element.ts";

const space = "http://www.w3.org/2000/svg";

const shape = (name: string, attributes: Readonly<Record<string, string | number>>, text = ""): Element => {
  const made = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.textContent = text;
  return made;
};

/** Room for words beside and above the cells. */
const roomOf = (labels: ReadonlyArray<string>): number =>
  labels.length === 0 ? 18 : 10 + 6.6 * Math.max(...labels.map(({ length }) => length));

/** Of a cell: less the more there are, but words beside them stay legible. */
const sizeOf = (count: number, labels: ReadonlyArray<string>): number =>
  Math.max(labels.length > 0 ? 14 : 5, Math.min(22, Math.floor(320 / Math.max(count, 1))));

/** Values as cells: the greater, the stronger; below zero in the other colour. */
export const heatMapElement = ({ name, rows, columns, rowLabels, columnLabels, values }: HeatMap): HTMLElement => {
  const [down, across] = [values.length, values[0]?.length ?? 0];
  const [wide, high] = [sizeOf(across, columnLabels), sizeOf(down, rowLabels)];
  const [left, top] = [roomOf(rowLabels.length > 0 ? rowLabels : [rows]), roomOf(columnLabels)];
  const greatest = Math.max(1e-12, ...values.flat().map(Math.abs));
  const cells = values.flatMap((row, r) =>
    row.map((value, c) =>
      shape("rect", {
        ...{ x: left + c * wide, y: top + r * high, width: wide - 1, height: high - 1 },
        ...{ class: value < 0 ? "below" : "above", "fill-opacity": (Math.abs(value) / greatest).toFixed(3) },
      }),
    ),
  );
  const words = [
    ...rowLabels.map((text, r) =>
      shape("text", { x: left - 5, y: top + (r + 0.5) * high + 4, "text-anchor": "end" }, text),
    ),
    ...columnLabels.map((text, c) => {
      const x = left + (c + 0.5) * wide + 4;
      return shape("text", { x, y: top - 5, transform: `rotate(-90 ${x} ${top - 5})` }, text);
    }),
    ...(rowLabels.length > 0 ? [] : [shape("text", { x: 2, y: top + 11 }, rows)]),
    ...(columnLabels.length > 0 ? [] : [shape("text", { x: left, y: top - 5 }, columns)]),
  ];
  const [width, height] = [left + across * wide + 4, top + down * high + 4];
  const picture = shape("svg", {
    ...{ viewBox: `0 0 ${width} ${height}`, width, height, role: "img" },
    "aria-label": `${name}: ${down} rows (${rows}) by ${across} columns (${columns}), the greatest size ${greatest.toPrecision(3)}`,
  });
  picture.append(...cells, ...words);
  return element("figure", { class: "heat-map" }, element("figcaption", {}, name), picture);
};
