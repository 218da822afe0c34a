import { element, escaped, label, line, textWidth } from "../svg-elements.ts";
import type { Panel } from "./panel.ts";
import type { Plotted, Side } from "./plotted.ts";
import { markText, pointedText } from "./scale.ts";

/** A square for each pair of positions, the stronger the greater its value; what is below zero has a colour of its own. */
export const matrixPanel = ({ title, about, sides, values }: Plotted, widest = 40): Panel => {
  const [rows, columns] = sides.length === 1 ? [none, sides[0]!] : [sides[0]!, sides[1]!];
  const cell = cellSize(rows.labels.length, columns.labels.length, widest);
  const isTurned = columns.labels.some((text) => textWidth(text) > cell - 4);
  const named = Math.max(26, textWidth(rows.name) + 8);
  const left = margin + named + Math.max(0, ...rows.labels.map(textWidth));
  const above = isTurned ? Math.max(...columns.labels.map(textWidth)) + 12 : 24;
  const top = margin + heading + above;
  const [width, height] = [cell * columns.labels.length, cell * rows.labels.length];
  const greatest = Math.max(
    0,
    ...values
      .flat()
      .filter((value) => !Number.isNaN(value))
      .map(Math.abs),
  );
  const grid: Grid = { left, top, cell, rows, columns, greatest };
  const body = [
    label(title, margin, margin + 8, { class: "title" }),
    label(about, margin, margin + 26, { class: "soft" }),
    ...columns.labels.flatMap((text, i) => columnLabel(grid, text, i, isTurned)),
    ...rows.labels.flatMap((text, i) => rowLabel(grid, text, i)),
    ...values.flatMap((row, k) => row.flatMap((value, i) => (Number.isNaN(value) ? [] : [square(grid, value, k, i)]))),
    element("rect", { x: left, y: top, width, height, class: "axis" }),
    label(columns.name, left + width / 2, top + height + 20, { "text-anchor": "middle", class: "soft" }),
    label(rows.name, margin + (named - 14) / 2, top + height / 2, { "text-anchor": "middle", class: "soft" }),
    legend(
      left,
      top + height + 34,
      greatest,
      values.flat().some((value) => value < 0),
    ),
  ].join("");
  return {
    width:
      Math.max(left + width, left + legendWidth, margin + textWidth(title) * 1.15, margin + textWidth(about)) + margin,
    height: top + height + 34 + 24 + margin,
    body,
  };
};

interface Grid {
  readonly left: number;
  readonly top: number;
  readonly cell: number;
  readonly rows: Side;
  readonly columns: Side;
  readonly greatest: number;
}

const none: Side = { name: "", labels: [""], isWords: false };
const margin = 16;
const heading = 30;

/** As large as fits a slide, within what the eye tells apart. */
const cellSize = (rows: number, columns: number, widest: number): number =>
  Math.max(4, Math.min(widest, Math.floor(680 / Math.max(1, columns)), Math.floor(620 / Math.max(1, rows))));

/** Every so many positions are told where not all fit. */
const isTold = ({ cell }: Grid, i: number): boolean => i % Math.ceil(13 / cell) === 0;

const columnLabel = (grid: Grid, text: string, i: number, isTurned: boolean): ReadonlyArray<string> => {
  if (!isTold(grid, i)) return [];
  const [x, y] = [grid.left + (i + 0.5) * grid.cell, grid.top - 8];
  return isTurned
    ? [label(text, x + 4, y, { transform: `rotate(-90 ${Number((x + 4).toFixed(1))} ${y})` })]
    : [label(text, x, y, { "text-anchor": "middle" })];
};

const rowLabel = (grid: Grid, text: string, i: number): ReadonlyArray<string> =>
  isTold(grid, i) ? [label(text, grid.left - 8, grid.top + (i + 0.5) * grid.cell + 4, { "text-anchor": "end" })] : [];

const square = ({ left, top, cell, rows, columns, greatest }: Grid, value: number, k: number, i: number): string => {
  const share = greatest > 0 ? Math.abs(value) / greatest : 0;
  const at = { x: left + i * cell, y: top + k * cell };
  const told = [pointed(rows, k), pointed(columns, i)].filter((text) => text !== "").join(", ");
  const drawn = element(
    "rect",
    { ...at, width: cell, height: cell, class: value < 0 ? "f1" : "f0", "fill-opacity": share.toFixed(3) },
    [element("title", {}, [escaped(`${told}: ${pointedText(value)}`)])],
  );
  if (cell < 34 || rows.labels.length * columns.labels.length > 225) return drawn;
  const middle = { "text-anchor": "middle", class: share > 0.55 ? "number over" : "number" };
  return drawn + label(shortText(value), at.x + cell / 2, at.y + cell / 2 + 4, middle);
};

const pointed = ({ name, labels, isWords }: Side, i: number): string => {
  if (name === "") return "";
  return isWords ? `${name} = ${i + 1} (${labels[i]})` : `${name} = ${labels[i]}`;
};

/** `.83`, as far as a square holds. */
const shortText = (value: number): string => {
  const text = Math.abs(value) < 9.995 ? value.toFixed(2) : value.toPrecision(2);
  return text.replace(/^(-?)0\./, "$1.");
};

const legendWidth = 240;
const steps = 8;

const legend = (x: number, y: number, greatest: number, isSigned: boolean): string => {
  const shares = Array.from({ length: isSigned ? 2 * steps + 1 : steps + 1 }, (_, i) =>
    isSigned ? i / steps - 1 : i / steps,
  );
  const width = 150 / shares.length;
  const start = x + 44;
  const marked = (value: number): string => markText(Number(value.toPrecision(2)));
  return element("g", { class: "legend" }, [
    ...shares.map((share, i) =>
      element("rect", {
        x: start + i * width,
        y,
        width,
        height: 10,
        class: share < 0 ? "f1" : "f0",
        "fill-opacity": Math.abs(share).toFixed(3),
      }),
    ),
    line(start, y + 10, start + 150, y + 10, { class: "axis" }),
    label(isSigned ? marked(-greatest) : "0", start - 6, y + 9, { "text-anchor": "end", class: "soft" }),
    label(marked(greatest), start + 156, y + 9, { class: "soft" }),
  ]);
};
