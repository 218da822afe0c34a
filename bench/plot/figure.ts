import { element, label } from "../../src/views/svg-elements.ts";
import { drawnPanel, type Panel, styles } from "./panel.ts";

const cell = { width: 440, height: 330 };
const inside = { left: 70, top: 14, width: 350, height: 240 };
const head = 60;

/** A picture of panels, two in a row, under a title and one legend for all: they have the same curves. */
export const figure = (title: string, panels: ReadonlyArray<Panel>): string => {
  const rows = Math.ceil(panels.length / 2);
  const [width, height] = [2 * cell.width, head + rows * cell.height];
  return `${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      "font-family": "Helvetica, Arial, sans-serif",
      "font-size": 12,
    },
    [
      element("rect", { width, height, fill: "white" }),
      label(title, 24, 26, { "font-size": 15 }),
      legend(panels[0]!, 24, 46),
      ...panels.map((panel, i) =>
        drawnPanel(
          panel,
          (i % 2) * cell.width + inside.left,
          head + Math.floor(i / 2) * cell.height + inside.top,
          inside.width,
          inside.height,
        ),
      ),
    ],
  )}\n`;
};

const legend = ({ series }: Panel, left: number, y: number): string =>
  series
    .map(({ name }, i) => {
      const { colour, mark } = styles[i % styles.length]!;
      const x = left + 6 + 120 * i;
      return element("g", { fill: colour }, [mark(x, y), label(name, x + 12, y + 4, { fill: "black" })]);
    })
    .join("\n");
