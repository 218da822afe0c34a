import { type Axes, inside, type Panel, panelOf, placeX, placeY } from "../../views/chart/panel.ts";
import { linear, markText, pointedText, type Scale } from "../../views/chart/scale.ts";
import { element, escaped, label, line } from "../../views/svg-elements.ts";
import { aroundOne, type Colouring } from "./colours.ts";

export interface HeatMap {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** Of rows and of columns. */
  readonly positions: ReadonlyArray<number>;
  /** A row for each position; what is 0 is left blank. */
  readonly values: ReadonlyArray<ReadonlyArray<number>>;
  readonly scale: Scale;
  readonly colour: Colouring;
}

const bar = { width: 150, height: 10, y: 36 };

/** A square for each pair of positions, its value where one points; its legend stands above it. */
export const heatMap = ({ title, x, y, positions, values, scale, colour }: HeatMap): Panel => {
  const every = positions.length < 2 ? 1 : positions[1]! - positions[0]!;
  const [first, last] = [(positions[0] ?? 1) - every / 2, (positions.at(-1) ?? 1) + every / 2];
  const along = { ...linear(first, last), marks: marked(positions) };
  const axes: Axes = { title, x, y, across: along, up: along, isDown: true, isGrid: false };
  const [width, height] = [placeX(axes, first + every) - inside.left, placeY(axes, first + every) - inside.top];
  const cells = values.flatMap((row, k) =>
    row.flatMap((value, t) => {
      if (value === 0) return [];
      const [at, from] = [positions[t]!, positions[k]!];
      const told = `${x} = ${at}, ${y} = ${from}: ${pointedText(value)}`;
      const place = { x: placeX(axes, at) - width / 2, y: placeY(axes, from) - height / 2 };
      // A little wider, so that no seams show.
      const square = { ...place, width: width + 0.3, height: height + 0.3, fill: colour(value, scale) };
      return [element("rect", square, [element("title", {}, [escaped(told)])])];
    }),
  );
  return panelOf(axes, [legend(scale, colour), element("g", { "shape-rendering": "crispEdges" }, cells)]);
};

/** Some of the positions, the first and the last of them too. */
const marked = (positions: ReadonlyArray<number>): ReadonlyArray<number> => {
  const step = Math.max(1, Math.ceil(positions.length / 8));
  return positions.filter((_, i) => (positions.length - 1 - i) % step === 0);
};

const pieces = 30;

const legend = (scale: Scale, colour: Colouring): string => {
  const { width, height, y } = bar;
  const left = inside.right - width - 36;
  const valueAt = inverse(scale);
  const piece = width / pieces;
  const ends = [scale.low, scale.high];
  return element("g", { class: "legend" }, [
    ...Array.from({ length: pieces }, (_, i) =>
      element("rect", {
        x: left + i * piece,
        y,
        width: piece + 0.3,
        height,
        fill: colour(valueAt((i + 0.5) / pieces), scale),
      }),
    ),
    label(markText(Number(ends[0]!.toPrecision(2))), left - 6, y + 9, { "text-anchor": "end", class: "soft" }),
    label(markText(Number(ends[1]!.toPrecision(2))), left + width + 6, y + 9, { class: "soft" }),
    ...(colour === aroundOne && scale.low < 1 && scale.high > 1
      ? [line(left + scale.share(1) * width, y - 2, left + scale.share(1) * width, y + height + 2, { class: "axis" })]
      : []),
  ]);
};

/** The value at a share of a scale, by halving. */
const inverse =
  ({ low, high, share }: Scale) =>
  (wanted: number): number => {
    let [from, to] = [low, high];
    for (let turn = 0; turn < 60; turn += 1) {
      const middle = from > 0 ? Math.sqrt(from) * Math.sqrt(to) : (from + to) / 2;
      if (share(middle) < wanted) from = middle;
      else to = middle;
    }
    return to;
  };
