import { tableOf } from "../../table.ts";
import { textWidth } from "../svg-elements.ts";
import { curves } from "./curves.ts";
import { chartSvg } from "./document.ts";
import { matrixPanel } from "./matrix.ts";
import { inside } from "./panel.ts";
import type { Plotted } from "./plotted.ts";
import { counting, linear, pointedText } from "./scale.ts";

/** Over one axis without words a curve, else a square for each value. */
export const plotSvg = (plotted: Plotted): string => {
  const { title, about, sides, values } = plotted;
  const [side] = sides;
  if (sides.length > 1 || side!.isWords) return chartSvg(title, matrixPanel(plotted));
  const [row = []] = values;
  const [low, high] = [Math.min(0, ...row), Math.max(...row)];
  const panel = curves(
    {
      title,
      about,
      x: side!.name,
      y: title.replace(/\[.*/, ""),
      across: counting(1, Math.max(2, row.length)),
      up: linear(low, high === low ? low + 1 : high),
    },
    [{ name: "", colour: 0, look: "line", points: row.map((value, i) => [i + 1, value] as const) }],
  );
  return chartSvg(title, { ...panel, width: Math.max(panel.width, inside.left + textWidth(about)) });
};

/** Numbers under the positions. */
export const plotText = ({ title, about, sides, values }: Plotted): string => {
  const across = sides.at(-1)!;
  const down = sides.length > 1 ? sides[0]! : undefined;
  const rows = [
    [down === undefined ? "" : `${down.name}\\${across.name}`, ...across.labels],
    ...values.map((row, k) => [down?.labels[k] ?? "", ...row.map((value) => shortNumber(value))]),
  ];
  return `${title}, ${about}\n${tableOf(rows, 1).join("\n")}\n`;
};

/** A position at which nothing stands is blank. */
const shortNumber = (value: number): string => (Number.isNaN(value) ? "" : String(Number(value.toPrecision(3))));

export const plotJson = ({ title, about, sides, values }: Plotted): string =>
  `${JSON.stringify({
    title,
    about,
    axes: sides.map(({ name, labels }) => ({ name, labels })),
    values: (sides.length === 1 ? values[0]! : values).map((row) =>
      Array.isArray(row) ? row.map(finite) : finite(row as number),
    ),
  })}\n`;

// JSON has no NaN.
const finite = (value: number): number | null => (Number.isFinite(value) ? Number(pointedText(value)) : null);
