import { writeFileSync } from "node:fs";
import { circumstances } from "../circumstances.ts";
import { type Comparison, compared } from "../comparison.ts";
import { table, writeSection } from "../markdown.ts";
import { peers } from "../peers.ts";
import { figure } from "../plot/figure.ts";
import type { Panel } from "../plot/panel.ts";
import { type Plan, quick } from "../rounds.ts";
import { significant } from "../statistics.ts";
import { baseText, type Dimension, dimensions, type Point, sweep } from "./sweep.ts";

/** How the cost of a gradient grows with each size, as a table and a picture beside this benchmark's README. */
export const runCost = async (options: { readonly quick: boolean; readonly json: boolean }): Promise<void> => {
  const measured: Measured[] = [];
  for (const point of sweep) {
    process.stderr.write(`${point.workload.title}\n`);
    measured.push({ ...point, comparison: await compared(point.workload, takingPart, options.quick ? quick : brief) });
  }
  const foot = circumstances(measured.map(({ comparison }) => comparison));
  const text = [
    "Written by `npm run bench -- cost`.",
    "![How the cost grows with each size](cost.svg)",
    costTable(measured),
    `${foot}.`,
  ].join("\n\n");
  if (!options.quick) {
    writeFileSync(new URL("../cost.svg", import.meta.url), costFigure(measured));
    writeSection("cost", text);
  }
  console.log(
    options.json
      ? JSON.stringify(
          measured.map(({ comparison }) => comparison),
          null,
          2,
        )
      : text,
  );
};

interface Measured extends Point {
  readonly comparison: Comparison;
}

const names = ["rnnc", "rnnc js", "PyTorch"];
const takingPart = peers.filter(({ name }) => names.includes(name));

/** There are many points, and a picture forgives more noise than a table. */
const brief: Plan = {
  ...{ rounds: 3, warmUp: 400, milliseconds: 200, atLeast: 7, budget: 6000 },
  quiet: { slack: 1.05, patience: 10_000 },
};

const medianOf = ({ comparison }: Measured, peer: string): number | undefined =>
  comparison.standings.find((standing) => standing.peer === peer)?.best?.timing.median;

const costTable = (measured: ReadonlyArray<Measured>): string =>
  table(
    ["", ...names.map((name) => `${name} ms`), "Mflop", "GFLOP/s", "of limit"],
    measured.map((one) => {
      const { flops } = one.comparison;
      const { speed, limit } = one.comparison.own;
      return [
        `${one.dimension} = ${one.value}`,
        ...names.map((name) => {
          const median = medianOf(one, name);
          return median === undefined ? "" : significant(median);
        }),
        significant(flops / 1e6),
        speed === null ? "" : significant(speed),
        speed === null || limit === null ? "" : `${((100 * speed) / limit).toFixed(0)} %`,
      ];
    }),
  );

const costFigure = (measured: ReadonlyArray<Measured>): string =>
  figure(
    `Gradient of a stacked LSTM; where a size is not varied, ${baseText}`,
    dimensions.map(
      ({ dimension, name, power, growth }): Panel => ({
        x: name,
        y: "ms an iteration",
        guide: { power, name: growth },
        series: names.flatMap((peer) => {
          const points = pointsOf(measured, dimension, peer);
          return points.length === 0 ? [] : [{ name: peer, points }];
        }),
      }),
    ),
  );

const pointsOf = (measured: ReadonlyArray<Measured>, dimension: Dimension, peer: string) =>
  measured
    .filter((one) => one.dimension === dimension)
    .flatMap((one): ReadonlyArray<readonly [number, number]> => {
      const median = medianOf(one, peer);
      return median === undefined ? [] : [[one.value, median]];
    });
