import type { LogLine } from "../train/log.ts";
import { type Curve, curves } from "../views/chart/curves.ts";
import type { Panel } from "../views/chart/panel.ts";
import { counting, linear, logarithmic, pointedText } from "../views/chart/scale.ts";
import { element } from "../views/svg-elements.ts";
import { folded, type Html, h, paragraph, section, table } from "./html.ts";
import type { RunReport } from "./run-report.ts";

/** How the training went, by its log. */
export const trainingSection = ({ log, step }: RunReport): Html => {
  if (log.length === 0) return section("Training", paragraph("The run has no log."));
  return section(
    "Training",
    paragraph(
      `Losses in nats per predicted value; the weights that are told of are those of step ${step}. Gradients are per predicted value, before they are clipped.`,
    ),
    h("div", { class: "panels" }, ...[lossPanel(log), normPanel(log), ratePanel(log)].map(drawing)),
    folded("Every evaluation", table(evaluations(log))),
  );
};

export const drawing = ({ width, height, body }: Panel): Html =>
  element("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height }, [body]);

type Points = Curve["points"];

const along = (log: ReadonlyArray<LogLine>, of: (line: LogLine) => number | null): Points =>
  log.flatMap((line) => {
    const value = of(line);
    return value === null ? [] : [[line.step, value] as const];
  });

/** So many points show all that a panel can. */
const mostPoints = 300;

const thinned = (points: Points): Points => {
  const every = Math.ceil(points.length / mostPoints);
  return points.filter((_, i) => i % every === 0 || i === points.length - 1);
};

const across = (log: ReadonlyArray<LogLine>) => counting(0, Math.max(1, log.at(-1)!.step));

const lossPanel = (log: ReadonlyArray<LogLine>): Panel => {
  const training = along(log, ({ loss }) => loss);
  const heldOut = along(log, ({ heldOut: measured }) => measured);
  const values = [...training, ...heldOut].map(([, value]) => value).sort((a, b) => a - b);
  // A few losses far above all others would press all others together.
  const usual = values[Math.floor(0.98 * (values.length - 1))] ?? 1;
  const [low, high] = [values[0] ?? 0, Math.max(usual, heldOut[0]?.[1] ?? usual)];
  const margin = 0.05 * (high - low || 1);
  return curves(
    { title: "Loss", x: "step", y: "nats per value", across: across(log), up: linear(low - margin, high + margin) },
    [
      { name: "training", colour: 5, look: "dotted", points: withinPanel(thinned(training), high + margin) },
      { name: "held out", colour: 1, look: "line", points: thinned(heldOut) },
    ].filter(({ points }) => points.length > 0) as ReadonlyArray<Curve>,
  );
};

/** What leaves the panel stays at its edge, so that the curve goes on. */
const withinPanel = (points: Points, high: number): Points => points.map(([x, y]) => [x, Math.min(y, high)] as const);

const normPanel = (log: ReadonlyArray<LogLine>): Panel => {
  const points = thinned(along(log, ({ norm }) => norm));
  const up = logarithmic(points.map(([, value]) => value));
  return curves({ title: "Length of the gradient", x: "step", y: "norm", across: across(log), up }, [
    { name: "", colour: 2, look: "line", points },
  ]);
};

const ratePanel = (log: ReadonlyArray<LogLine>): Panel => {
  const points = thinned(along(log, ({ rate }) => rate));
  const high = points.reduce((greatest, [, value]) => Math.max(greatest, value), 0);
  return curves({ title: "Learning rate", x: "step", y: "rate", across: across(log), up: linear(0, high || 1) }, [
    { name: "", colour: 3, look: "line", points },
  ]);
};

const evaluations = (log: ReadonlyArray<LogLine>): ReadonlyArray<ReadonlyArray<string>> => [
  ["step", "epoch", "training", "held out", "seconds"],
  ...log
    .filter(({ heldOut }) => heldOut !== null)
    .map(({ step, epoch, loss, heldOut, seconds }) => [
      ...[step, epoch].map(String),
      ...[loss, heldOut].map((value) => (value === null ? "–" : pointedText(value))),
      String(seconds),
    ]),
];
