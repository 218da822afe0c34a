import { element, label, line } from "../../src/views/svg-elements.ts";
import { decades, logarithmic, valuesThemselves } from "./scale.ts";

/** Curves over the same quantity, both axes logarithmic. */
export interface Panel {
  readonly x: string;
  readonly y: string;
  readonly series: ReadonlyArray<Series>;
  /** A straight line for comparison: how the cost grows that is proportional to this power. */
  readonly guide: { readonly power: number; readonly name: string };
}

export interface Series {
  readonly name: string;
  readonly points: ReadonlyArray<readonly [number, number]>;
}

/** Colours that are told apart without red or green (Okabe and Ito 2008), each with a mark of its own. */
export const styles = [
  { colour: "#0072b2", mark: (x: number, y: number) => element("circle", { cx: x, cy: y, r: 4 }) },
  {
    colour: "#e69f00",
    mark: (x: number, y: number) => element("rect", { x: x - 3.5, y: y - 3.5, width: 7, height: 7 }),
  },
  {
    colour: "#009e73",
    mark: (x: number, y: number) =>
      shape([
        [x, y - 5],
        [x + 4.5, y + 3.5],
        [x - 4.5, y + 3.5],
      ]),
  },
  {
    colour: "#d55e00",
    mark: (x: number, y: number) =>
      shape([
        [x, y - 5],
        [x + 5, y],
        [x, y + 5],
        [x - 5, y],
      ]),
  },
] as const;

const grey = "#767676";

export const drawnPanel = (
  { x, y, series, guide }: Panel,
  left: number,
  top: number,
  width: number,
  height: number,
): string => {
  const points = series.flatMap((one) => one.points);
  const [xs, ys] = [points.map(([at]) => at), points.map(([, value]) => value)];
  const [right, bottom] = [left + width, top + height];
  const across = logarithmic(xs, left, right, valuesThemselves(xs));
  const up = logarithmic(ys, bottom, top, decades);
  const grid = [
    ...up.marks.flatMap((mark) => [
      line(left, up.at(mark), right, up.at(mark), { stroke: "#e0e0e0" }),
      label(String(Number(mark.toPrecision(1))), left - 8, up.at(mark) + 4, { "text-anchor": "end" }),
    ]),
    ...across.marks.flatMap((mark) => [
      line(across.at(mark), bottom, across.at(mark), bottom + 4, { stroke: "black" }),
      label(String(mark), across.at(mark), bottom + 18, { "text-anchor": "middle" }),
    ]),
  ];
  const middle = (top + bottom) / 2;
  return [
    ...grid,
    drawnGuide(guide, series[0]!.points, [Math.min(...xs), Math.max(...xs)], [Math.min(...ys), across.at, up.at]),
    element("path", { d: `M${left} ${top}V${bottom}H${right}`, fill: "none", stroke: "black" }),
    label(x, (left + right) / 2, bottom + 38, { "text-anchor": "middle" }),
    label(y, left - 46, middle, { "text-anchor": "middle", transform: `rotate(-90 ${left - 46} ${middle})` }),
    ...series.map((one, i) => drawnSeries(one, styles[i % styles.length]!, across.at, up.at)),
  ].join("\n");
};

type Place = (value: number) => number;

const drawnSeries = (
  { points }: Series,
  { colour, mark }: (typeof styles)[number],
  across: Place,
  up: Place,
): string => {
  const placed = points.map(([x, y]) => [across(x), up(y)] as const);
  return element("g", { fill: colour }, [
    element("polyline", {
      points: placed.map((place) => place.map((at) => at.toFixed(1)).join()).join(" "),
      fill: "none",
      stroke: colour,
      "stroke-width": 2,
    }),
    ...placed.map(([x, y]) => mark(x, y)),
  ]);
};

/** Somewhat below the first curve, where it does not hide it, as far down as the curves go. */
const drawnGuide = (
  { power, name }: Panel["guide"],
  points: Series["points"],
  [least, greatest]: readonly [number, number],
  [lowest, across, up]: readonly [number, Place, Place],
): string => {
  const [lastX, lastY] = points.at(-1)!;
  const on = (x: number) => 0.6 * lastY * (x / lastX) ** power;
  const from = power === 0 ? least : Math.max(least, lastX * (lowest / (0.6 * lastY)) ** (1 / power));
  const near = from ** 0.4 * greatest ** 0.6;
  return [
    line(across(from), up(on(from)), across(greatest), up(on(greatest)), { stroke: grey, "stroke-dasharray": "3 4" }),
    label(name, across(near) + 4, up(on(near)) + 16, { fill: grey, "font-style": "italic" }),
  ].join("\n");
};

const shape = (corners: ReadonlyArray<readonly [number, number]>): string =>
  element("polygon", { points: corners.map((corner) => corner.map((at) => at.toFixed(1)).join()).join(" ") });
