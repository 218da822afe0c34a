import { tableOf } from "../../table.ts";
import { type Curve, curves } from "./curves.ts";
import { chartSvg } from "./document.ts";
import type { Panel } from "./panel.ts";
import { counting, linear, type Scale } from "./scale.ts";

/** How a training went: losses in nats per predicted value, null where they were not measured. */
export interface Course {
  readonly run: string;
  readonly lines: ReadonlyArray<CourseLine>;
  /** The step of the lowest loss on what is held out. */
  readonly best: number | undefined;
}

interface CourseLine {
  readonly step: number;
  readonly epoch: number;
  readonly loss: number | null;
  readonly heldOut: number | null;
}

type Points = Curve["points"];

/** What was measured of a training, by steps. */
export const alongSteps = <L extends CourseLine>(lines: ReadonlyArray<L>, of: (line: L) => number | null): Points =>
  thinned(
    lines.flatMap((line) => {
      const value = of(line);
      return value === null ? [] : [[line.step, value] as const];
    }),
  );

/** So many points show all that a panel can. */
const mostPoints = 300;

const thinned = (points: Points): Points => {
  const every = Math.ceil(points.length / mostPoints);
  return points.filter((_, i) => i % every === 0 || i === points.length - 1);
};

export const acrossSteps = (lines: ReadonlyArray<CourseLine>): Scale => counting(0, Math.max(1, lines.at(-1)!.step));

/** The loss on batches of the training part and on what is held out, by steps. */
export const lossPanel = (title: string, lines: Course["lines"]): Panel => {
  const [training, heldOut] = [
    alongSteps(lines, ({ loss }) => loss),
    alongSteps(lines, ({ heldOut: measured }) => measured),
  ];
  const values = [...training, ...heldOut].map(([, value]) => value).sort((a, b) => a - b);
  // A few losses far above all others would press all others together: at the edge, the curve goes on.
  const usual = values[Math.floor(0.98 * (values.length - 1))] ?? 1;
  const [low, high] = [values[0] ?? 0, Math.max(usual, heldOut[0]?.[1] ?? usual)];
  const margin = 0.05 * (high - low || 1);
  const lowest = lines.reduce<CourseLine | undefined>(
    (best, line) => (line.heldOut !== null && line.heldOut < (best?.heldOut ?? Number.POSITIVE_INFINITY) ? line : best),
    undefined,
  );
  const drawn: ReadonlyArray<Curve> = [
    { name: "training", colour: 5, look: "dotted", points: training.map(([x, y]) => [x, Math.min(y, high + margin)]) },
    { name: "held out", colour: 1, look: "line", points: heldOut },
    {
      name: `lowest, step ${lowest?.step}`,
      colour: 2,
      look: "dotted",
      points: lowest === undefined ? [] : [low - margin, lowest.heldOut!].map((y) => [lowest.step, y] as const),
    },
  ];
  return curves(
    { title, x: "step", y: "nats per value", across: acrossSteps(lines), up: linear(low - margin, high + margin) },
    drawn.filter(({ points }) => points.length > 0),
  );
};

export const trainingSvg = (course: Course): string =>
  chartSvg(course.run, lossPanel(`${course.run}: loss`, course.lines));

/** What was measured on what is held out, evaluation by evaluation; of what holds nothing out every line. */
export const trainingText = ({ lines, best }: Course): string => {
  const measured = lines.filter(({ heldOut }) => heldOut !== null);
  const shown = measured.length > 0 ? measured : lines;
  const told = (value: number | null): string => (value === null ? "" : String(Number(value.toPrecision(4))));
  return `${tableOf(
    [
      ["step", "epoch", "training", "held out", ""],
      ...shown.map(({ step, epoch, loss, heldOut }) => [
        String(step),
        String(epoch),
        told(loss),
        told(heldOut),
        step === best ? "lowest" : "",
      ]),
    ],
    0,
  ).join("\n")}\n`;
};
