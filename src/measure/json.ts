import type { Estimate } from "./bootstrap.ts";
import type { Report, Row, TargetReport } from "./measure.ts";
import { metrics } from "./metrics.ts";
import type { MeasuredTarget } from "./target.ts";

/** A report with all its digits, as plain data for JSON. */
export const reportJson = ({ examples, block, loss, targets }: Report) => ({
  examples,
  block,
  loss: loss.value,
  lossInterval: loss.interval,
  bits: loss.value / Math.LN2,
  targets: Object.fromEntries(targets.map((report) => [report.target.name, targetJson(report)])),
});

const targetJson = ({ target, observations, rows, classes }: TargetReport) => {
  const [model, ...baselines] = rows;
  return {
    kind: target.kind,
    observations,
    model: estimatesJson(target, model!),
    baselines: Object.fromEntries(baselines.map((row) => [row.name, estimatesJson(target, row)])),
    ...(classes === undefined ? {} : classesJson(target, classes)),
  };
};

const estimatesJson = ({ kind }: MeasuredTarget, { estimates }: Row): Readonly<Record<string, Estimate>> =>
  Object.fromEntries(
    metrics[kind].flatMap(({ key }, i) => (estimates[i] === undefined ? [] : [[key, estimates[i]] as const])),
  );

/** By the names of classes; of the confusion, by the actual class how often it was taken for each. */
const classesJson = (target: MeasuredTarget, { scores, confusion }: NonNullable<TargetReport["classes"]>) => {
  const name = (symbol: number): string => target.classes[symbol] ?? `${symbol}`;
  return {
    classes: scores.map(({ symbol, ...score }) => ({ class: name(symbol), ...score })),
    confusion: Object.fromEntries(
      inOrder(confusion).map(([actual, row]) => [
        name(actual),
        Object.fromEntries(inOrder(row).map(([predicted, count]) => [name(predicted), count])),
      ]),
    ),
  };
};

const inOrder = <A>(by: ReadonlyMap<number, A>): ReadonlyArray<readonly [number, A]> =>
  [...by].sort(([a], [b]) => a - b);
