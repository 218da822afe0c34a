import { type Panel, size, style } from "../../views/chart/panel.ts";
import { element, label } from "../../views/svg-elements.ts";
import type { Portrait } from "./portrait.ts";
import type { Row } from "./row.ts";
import { rowsOf } from "./rows.ts";

const inRow = 3;
const margin = 20;
const headHeight = 64;
const rowHead = 46;

/** One picture of everything, rows of panels under headings. */
export const flowSvg = (portrait: Portrait): string => {
  const rows = rowsOf(portrait);
  const width = inRow * size.width + 2 * margin;
  let top = headHeight;
  const drawn = rows.map((row) => {
    const y = top;
    top += heightOf(row);
    return drawnRow(row, y);
  });
  const height = top + margin;
  return `${element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", class: "chart", viewBox: `0 0 ${width} ${height}`, width, height },
    [
      element("style", {}, [style]),
      element("rect", { class: "paper", width, height }),
      label(`${portrait.model}: what flows through time`, margin, 30, { class: "head" }),
      label(portrait.about, margin, 50, { class: "soft" }),
      ...drawn,
    ],
  )}\n`;
};

const heightOf = ({ panels }: Row): number => rowHead + Math.ceil(panels.length / inRow) * size.height;

const drawnRow = ({ heading, notes, panels }: Row, top: number): string =>
  [
    label(heading, margin, top + 20, { class: "head" }),
    label(notes.join(" "), margin, top + 38, { class: "soft" }),
    ...panels.map((panel, i) =>
      placed(panel, margin + (i % inRow) * size.width, top + rowHead + Math.floor(i / inRow) * size.height),
    ),
  ].join("");

const placed = ({ body }: Panel, x: number, y: number): string =>
  element("g", { transform: `translate(${x} ${y})` }, [body]);
