import { readFileSync } from "node:fs";
import { curves } from "../../../src/views/chart/curves.ts";
import { counting, linear } from "../../../src/views/chart/scale.ts";
import type { Figure, Part } from "../lecture.ts";
import { measured } from "../measured.ts";
import type { Births } from "../measurements/births.ts";
import { toldTable } from "../parts/findings.ts";
import { panelsHtml } from "../parts/panels.ts";
import { example } from "../programs.ts";

const forecast: Part = {
  how: "measured",
  isWide: true,
  html: () => {
    const { days, seeds, off, seasonal, within, heldOut, settings, command } = measured<Births>("births");
    const values = days.flatMap(({ actual, expected, wide }) => [actual, expected - wide, expected + wide]);
    const along = (pick: (day: (typeof days)[number]) => number) => days.map((day, i) => [i + 1, pick(day)] as const);
    const panel = curves(
      {
        title: "Births a day: data and forecast",
        x: "day held out",
        y: "births",
        across: counting(1, days.length),
        up: linear(Math.min(...values) - 200, Math.max(...values) + 200),
      },
      [
        { name: "data", colour: 0, look: "line", points: along(({ actual }) => actual) },
        { name: "expected", colour: 1, look: "dashed", points: along(({ expected }) => expected) },
      ],
      [
        {
          name: "80 %",
          colour: 1,
          points: days.map(({ expected, wide }, i) => [i + 1, expected - wide, expected + wide] as const),
        },
      ],
    );
    return (
      panelsHtml([panel], "The first days that were held out, as the first seed forecasts them.") +
      toldTable(
        `${heldOut} days held out, each forecast from the 28 before it; ${settings.steps} steps of ${settings.batch} windows`,
        [
          ["", ...seeds.map((seed) => `seed ${seed}`)],
          ["mean error of the network, in births", ...off.map(String)],
          ["of the mean of four same weekdays", ...off.map(() => String(seasonal))],
          ["days within the band of 80 %", ...within.map((share) => `${(100 * share).toFixed(0)} %`)],
        ],
        command,
      )
    );
  },
};

/** A real series, forecast. */
export const births = (of: Pick<Figure, "slide" | "rows">): Figure => ({
  name: "forecast",
  title: "Forecasting a time series: births per day",
  ...of,
  words: [
    "Births in the United States from 2000 to 2014, day by day (Social Security Administration, by FiveThirtyEight). Each day is read with its month, day and weekday; the network says the next day's number and how sure it is.",
  ],
  found: [
    "The network is better than the calendar's mean by far; of how sure it is it thinks too much: its band of 80 % holds fewer days than that.",
  ],
  exhibits: [
    {
      program: example("births"),
      opens: { view: "training", data: sample(), settings: { steps: 300 } },
      parts: [forecast],
    },
  ],
});

/** Four weeks a line, births in thousands about their mean: enough to try the program on. */
function sample(): ReadonlyArray<object> {
  const [, ...lines] = readFileSync(
    new URL("../../../examples/tasks/births/us-births-2000-2014.csv", import.meta.url),
    "utf8",
  )
    .trim()
    .split("\n");
  const rows = lines.slice(0, 28 * 12 + 1).map((line) => line.split(",").map(Number));
  return Array.from({ length: 12 }, (_, i) => {
    const month = rows.slice(i * 28, (i + 1) * 28);
    const next = rows.slice(i * 28 + 1, (i + 1) * 28 + 1);
    const of = (column: number, from = month) => from.map((row) => row[column]!);
    const scaled = (values: ReadonlyArray<number>) =>
      values.map((value) => Number(((value - 11000) / 2300).toFixed(3)));
    return { x: scaled(of(4)), month: of(1), day: of(2), weekday: of(3), y: scaled(of(4, next)) };
  });
}
