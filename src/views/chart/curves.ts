import { element, label, line, textWidth } from "../svg-elements.ts";
import { type Axes, inside, type Panel, panelOf, placeX, placeY } from "./panel.ts";
import { pointedText } from "./scale.ts";

export interface Curve {
  readonly name: string;
  /** Which of the colours, from 0. */
  readonly colour: number;
  readonly look: "line" | "dashed" | "dotted";
  readonly points: ReadonlyArray<readonly [x: number, y: number]>;
}

/** What lies between two curves. */
export interface Band {
  readonly name: string;
  readonly colour: number;
  readonly points: ReadonlyArray<readonly [x: number, low: number, high: number]>;
}

/** Curves over the same quantity. What leaves the panel is cut off where it leaves it. */
export const curves = (axes: Axes, drawn: ReadonlyArray<Curve>, bands: ReadonlyArray<Band> = []): Panel => {
  const at = (x: number, y: number): string => `${rounded(placeX(axes, x))},${rounded(placeY(axes, y))}`;
  const area = ({ points, colour }: Band): string =>
    element("polygon", {
      class: `f${colour} band`,
      points: [...points.map(([x, , high]) => at(x, high)), ...points.toReversed().map(([x, low]) => at(x, low))].join(
        " ",
      ),
    });
  const curve = ({ points, colour, look }: Curve): string => {
    const shown = cut(points, axes.up.high);
    const marks = shown.length <= 40 && look === "line" ? shown : [];
    return [
      element("polyline", { class: `line l${colour} ${look}`, points: shown.map(([x, y]) => at(x, y)).join(" ") }),
      ...marks.map(([x, y]) =>
        element("circle", { class: `f${colour}`, cx: placeX(axes, x), cy: placeY(axes, y), r: 2.5 }, [
          element("title", {}, [`${x}: ${pointedText(y)}`]),
        ]),
      ),
    ].join("");
  };
  return panelOf(axes, [...bands.map(area), ...drawn.map(curve), key(drawn, bands)]);
};

const rounded = (value: number): string => value.toFixed(1);

/** The points up to the first above the panel. */
const cut = (points: Curve["points"], high: number): Curve["points"] => {
  const beyond = points.findIndex(([, y]) => !(y <= high));
  return beyond < 0 ? points : points.slice(0, beyond);
};

/** What is what, above the curves. */
const key = (drawn: ReadonlyArray<Curve>, bands: ReadonlyArray<Band>): string => {
  const entries = [
    ...drawn.map(({ name, colour, look }) => ({
      name,
      mark: (x: number, y: number) => line(x, y, x + 20, y, { class: `line l${colour} ${look}` }),
    })),
    ...bands.map(({ name, colour }) => ({
      name,
      mark: (x: number, y: number) => element("rect", { x, y: y - 5, width: 20, height: 10, class: `f${colour} band` }),
    })),
  ].filter(({ name }) => name !== "");
  const places = keyPlaces(entries.map(({ name }) => name));
  return entries
    .map(({ name, mark }, i) => {
      const { x, y } = places[i]!;
      return `${mark(x, y)}${label(name, x + 26, y + 4, { class: "soft" })}`;
    })
    .join("");
};

/** Side by side, in a further line where one is full. */
const keyPlaces = (names: ReadonlyArray<string>): ReadonlyArray<{ readonly x: number; readonly y: number }> => {
  let [x, y] = [inside.left, 33];
  return names.map((name) => {
    const width = 26 + textWidth(name);
    if (x > inside.left && x + width > inside.right) [x, y] = [inside.left, y + 16];
    const here = x;
    x += width + 10;
    return { x: here, y };
  });
};

/** How many lines tell what is what. */
export const keyLines = (names: ReadonlyArray<string>): number => new Set(keyPlaces(names).map(({ y }) => y)).size;
