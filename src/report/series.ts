import { tenth } from "../data/coding/decode.ts";
import { type Band, type Curve, curves } from "../views/chart/curves.ts";
import type { Panel } from "../views/chart/panel.ts";
import { counting, linear } from "../views/chart/scale.ts";
import type { Told } from "./run-report.ts";

/** A series with what is expected of it: what its rows say, as far as they are known, or the values themselves. */
export const seriesPanel = (title: string, { target, observed, past }: Told): Panel => {
  const { places, actual, said } = observed;
  const { width } = target;
  const at = (place: number): number => (past === undefined ? Math.floor(place / width) : past.row(place)) + 1;
  const ofData: Curve["points"] =
    past === undefined
      ? [...places].map((place, i) => [at(place), actual[i]!] as const)
      : past.values.flatMap((value, row) => (value === undefined ? [] : [[row + 1, value] as const]));
  const expected: Curve["points"] = [...places].map((place, i) => [at(place), said.expected[i]!] as const);
  const { deviation } = said;
  const band: ReadonlyArray<Band> =
    deviation === undefined
      ? []
      : [
          {
            name: "80 %",
            colour: 1,
            points: [...places].map((place, i) => {
              const [mean, wide] = [said.expected[i]!, tenth * deviation[i]!];
              return [at(place), mean - wide, mean + wide] as const;
            }),
          },
        ];
  const values = [...ofData, ...expected]
    .map(([, y]) => y)
    .concat(band.flatMap(({ points }) => points.flatMap(([, low, high]) => [low, high])));
  const rows = [...ofData, ...expected].map(([x]) => x);
  const [low, high] = [least(values), -least(values.map((value) => -value))];
  const margin = 0.05 * (high - low || 1);
  return curves(
    {
      title,
      x: past === undefined ? (target.indices[0] ?? "value") : "row",
      y: target.field ?? target.name,
      across: counting(least(rows), Math.max(least(rows) + 1, -least(rows.map((value) => -value)))),
      up: linear(low - margin, high + margin),
    },
    [
      { name: "data", colour: 0, look: "line", points: ofData },
      { name: "expected", colour: 1, look: "line", points: expected },
    ],
    band,
  );
};

const least = (values: ReadonlyArray<number>): number =>
  values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
