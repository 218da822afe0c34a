import type { LogLine } from "../train/log.ts";
import { curves } from "../views/chart/curves.ts";
import { type Panel, panelSvg } from "../views/chart/panel.ts";
import { linear, logarithmic, pointedText } from "../views/chart/scale.ts";
import { acrossSteps, alongSteps, lossPanel } from "../views/chart/training.ts";
import { folded, type Html, h, paragraph, section, table } from "../views/page/html.ts";
import { gradientNorms } from "./gradient-norms.ts";
import type { RunReport } from "./run-report.ts";

/** How the training went, by its log. */
export const trainingSection = ({ log, step, parameters }: RunReport): Html => {
  if (log.length === 0) return section("Training", paragraph("The run has no log."));
  const norms = gradientNorms(
    log,
    parameters.map(({ path }) => path),
  );
  return section(
    "Training",
    paragraph(
      `Losses in nats per predicted value; the weights that are told of are those of step ${step}. Gradients are per predicted value, before they are clipped.`,
    ),
    h("div", { class: "panels" }, ...[lossPanel("Loss", log), normPanel(log), ratePanel(log)].map(panelSvg)),
    ...(norms.panels.length === 0 ? [] : [h("div", { class: "panels" }, ...norms.panels.map(panelSvg))]),
    ...(norms.left === 0
      ? []
      : [paragraph(`Of ${norms.left} more parameters no curve is shown: the gradients by them were shorter.`)]),
    folded("Every evaluation", table(evaluations(log))),
  );
};

const normPanel = (log: ReadonlyArray<LogLine>): Panel => {
  const points = alongSteps(log, ({ norm }) => norm);
  const up = logarithmic(points.map(([, value]) => value));
  return curves({ title: "Length of the gradient", x: "step", y: "norm", across: acrossSteps(log), up }, [
    { name: "", colour: 2, look: "line", points },
  ]);
};

const ratePanel = (log: ReadonlyArray<LogLine>): Panel => {
  const points = alongSteps(log, ({ rate }) => rate);
  const high = points.reduce((greatest, [, value]) => Math.max(greatest, value), 0);
  return curves({ title: "Learning rate", x: "step", y: "rate", across: acrossSteps(log), up: linear(0, high || 1) }, [
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
