import { forDarkPaper } from "../dark.ts";
import { element, escaped, label } from "../svg-elements.ts";
import { layoutOf } from "./layout.ts";
import { type Box, letterWidth, unit } from "./place.ts";
import type { Point, Way } from "./route.ts";
import type { Step, StepNode } from "./step.ts";

/** The steps of a model one under the other, each with its equations, on light and on dark paper. */
export const stepsSvg = (title: string, steps: ReadonlyArray<Step>): string => {
  const panels = steps.map(panelOf);
  const width = Math.max(...panels.map((panel) => panel.width));
  const height = panels.reduce((sum, panel) => sum + panel.height, 0);
  const body = panels.map((panel, i) => {
    const y = panels.slice(0, i).reduce((sum, { height: above }) => sum + above, 0);
    return element("g", { transform: `translate(0 ${y})` }, [panel.body]);
  });
  const svg = element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      width: `${width}pt`,
      height: `${height}pt`,
      "font-family": "Verdana,DejaVu Sans,sans-serif",
      "font-size": 12,
    },
    [element("title", {}, [escaped(title)]), element("rect", { width, height, fill: "white" }), ...body],
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${forDarkPaper(svg)}\n`;
};

const margin = { side: 24, top: 56, bottom: 30 };
const lineHeight = 18;

interface Panel {
  readonly width: number;
  readonly height: number;
  readonly body: string;
}

const panelOf = (step: Step): Panel => {
  const layout = layoutOf(step);
  const [width, height] = [layout.width * unit, layout.height * unit];
  const beside = (kind: StepNode["kind"]): number =>
    margin.side + letterWidth * Math.max(0, ...step.nodes.map((node) => (node.kind === kind ? node.sign.length : 0)));
  const [left, right] = [beside("before"), beside("after")];
  const belts = new Set(step.belts.flatMap(({ before, operations, after }) => [before, ...operations, after]));
  const isBelt = ({ from, to, isBranch }: Way): boolean => belts.has(from) && belts.has(to) && !isBranch;
  const below = margin.top + height + margin.bottom;
  const told = titleOf(step);
  const longest = Math.max(told.length + 4, ...step.equations.map(({ length }) => length));
  const body = [
    label(told, 16, 22, { "font-size": 13, "font-weight": "bold" }),
    element("g", { transform: `translate(${left.toFixed(1)} ${margin.top})` }, [
      element("rect", {
        x: 0,
        y: 0,
        width,
        height,
        rx: 14,
        fill: "#f3f3f3",
        stroke: "#bbbbbb",
      }),
      ...layout.ways.flatMap((way) => (isBelt(way) ? [] : [wayDrawn(way, "#555555", 1.3)])),
      ...layout.ways.flatMap((way) => (isBelt(way) ? [wayDrawn(way, "#d9822b", 2.5)] : [])),
      ...layout.ways.flatMap(({ isBranch, points: [start] }) => (isBranch ? [dot(start!)] : [])),
      ...step.nodes.map((node, place) => nodeDrawn(node, layout.boxes[place]!)),
    ]),
    ...step.equations.map((equation, i) => label(equation, 16, below + 14 + i * lineHeight, { fill: "#444444" })),
  ];
  return {
    width: Math.ceil(Math.max(left + width + right, 24 + longest * letterWidth)),
    height: below + step.equations.length * lineHeight + 20,
    body: body.join(""),
  };
};

export const titleOf = ({ cells, kind, axis }: Step): string => {
  const named = cells.filter((cell) => cell !== "");
  return `${kind || "A cell"}${named.length === 0 ? "" : ` ${named.join(", ")}`}: one step over ${axis}`;
};

const scaled = ({ x, y }: Point): Point => ({ x: x * unit, y: y * unit });

/** A line with round corners over a wider one in the colour of the paper, so that what it crosses is seen to go on. */
const wayDrawn = ({ points, isJoining }: Way, stroke: string, width: number): string => {
  const all = points.map(scaled);
  const d = rounded(all);
  return [
    element("path", { d, fill: "none", stroke: "#f3f3f3", "stroke-width": 5 }),
    element("path", { d, fill: "none", stroke, "stroke-width": width }),
    ...(isJoining ? [] : [arrowHead(all.at(-2)!, all.at(-1)!, stroke)]),
  ].join("");
};

const dot = (point: Point): string => {
  const { x, y } = scaled(point);
  return element("circle", { cx: x, cy: y, r: 2.6, fill: "#555555" });
};

const radius = 5;

const rounded = (points: ReadonlyArray<Point>): string =>
  points
    .map((point, i) => {
      const [before, after] = [points[i - 1], points[i + 1]];
      if (before === undefined) return `M${point.x} ${point.y}`;
      if (after === undefined) return `L${point.x} ${point.y}`;
      const [a, b] = [towards(point, before), towards(point, after)];
      return `L${a.x} ${a.y}Q${point.x} ${point.y} ${b.x} ${b.y}`;
    })
    .join("");

const towards = (from: Point, to: Point): Point => ({
  x: from.x + Math.sign(to.x - from.x) * radius,
  y: from.y + Math.sign(to.y - from.y) * radius,
});

const arrowHead = (from: Point, to: Point, fill: string): string => {
  const [dx, dy] = [Math.sign(to.x - from.x), Math.sign(to.y - from.y)];
  const back = { x: to.x - 8 * dx, y: to.y - 8 * dy };
  const corners = [to, { x: back.x + 4 * dy, y: back.y + 4 * dx }, { x: back.x - 4 * dy, y: back.y - 4 * dx }];
  return element("polygon", { points: corners.map(({ x, y }) => `${x},${y}`).join(" "), fill });
};

const nodeDrawn = (node: StepNode, box: Box): string => {
  const { x, y } = scaled(box);
  const [halfWidth, halfHeight] = [box.halfWidth * unit, box.halfHeight * unit];
  const middle = { "text-anchor": "middle" };
  const { kind, sign, name } = node;
  if (kind === "before") return label(sign, x - 6, y + 4, { "text-anchor": "end" });
  if (kind === "after") return label(sign, x + 8, y + 4);
  if (kind === "given") return label(sign, x, y + 18, middle);
  if (kind === "result") return label(sign, x, y - 8, middle);
  const rect = { x: x - halfWidth, y: y - halfHeight, width: 2 * halfWidth, height: 2 * halfHeight };
  if (kind === "layer")
    return [
      element("rect", { ...rect, rx: 4, fill: "#ffe9d2", stroke: "#d9822b", "stroke-width": 1.2 }),
      label(sign, x, name === undefined ? y + 5 : y - 2, { ...middle, "font-size": 14 }),
      ...(name === undefined ? [] : [label(name, x, y + 15, { ...middle, "font-size": 11, "font-weight": "bold" })]),
    ].join("");
  return [
    element("rect", { ...rect, rx: halfHeight, fill: "#ebe1f7", stroke: "#7a4fb5", "stroke-width": 1.2 }),
    label(sign, x, y + 4.5, middle),
    ...(name === undefined ? [] : [nameBeside(name, x + halfWidth, y - halfHeight)]),
  ].join("");
};

/** Lines under it leave it legible. */
const nameBeside = (name: string, x: number, y: number): string =>
  label(name, x - 1, y, {
    "font-size": 11,
    "font-weight": "bold",
    stroke: "#f3f3f3",
    "stroke-width": 3,
    "paint-order": "stroke",
  });
