import { tableOf } from "../table.ts";
import type { Estimate } from "./bootstrap.ts";
import type { ClassScore, Confusion } from "./confusion.ts";
import type { Report, TargetReport } from "./measure.ts";
import { type Metric, metrics } from "./metrics.ts";

/** A report as tables of text. */
export const reportText = ({ block, loss, targets }: Report, resamples: number): string => {
  const drawn = block === 1 ? "the examples" : `blocks of ${block} windows, as many as overlap`;
  const intervals = loss.interval === null ? "" : `; [intervals] of 95 % by ${resamples} resamples of ${drawn}`;
  const lossText = `loss ${shownBy((value) => value.toFixed(4))(loss)} per value${intervals}`;
  return [lossText, ...targets.flatMap(targetTables)].map((part) => `${part}\n`).join("\n");
};

const targetTables = ({ target, observations, rows, classes }: TargetReport): ReadonlyArray<string> => {
  const shown = metrics[target.kind]
    .map((metric, i) => ({ metric, i }))
    .filter(({ i }) => rows.some(({ estimates }) => estimates[i] !== undefined));
  const head = [`${target.name}: ${counted(observations, "observation")}`, ...shown.map(({ metric }) => metric.title)];
  const lines = rows.map(({ name, estimates }) => [name, ...shown.map(({ metric, i }) => cell(metric, estimates[i]))]);
  const names = (symbol: number): string => className(target.classes[symbol] ?? `${symbol}`);
  return [
    tableOf([head, ...lines]).join("\n"),
    ...(classes === undefined || classes.scores.length === 0
      ? []
      : [scoreTable(names, classes.scores), confusionTable(names, classes.scores, classes.confusion)]),
  ];
};

export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

const cell = ({ show }: Metric, estimate: Estimate | undefined): string =>
  estimate === undefined || Number.isNaN(estimate.value) ? "-" : shownBy(show)(estimate);

const shownBy =
  (show: (value: number) => string) =>
  ({ value, interval }: Estimate): string =>
    interval === null ? show(value) : `${show(value)} [${show(interval[0])}, ${show(interval[1])}]`;

/** So many classes have a line of their own, and so many a column. */
const [mostLines, mostColumns] = [20, 8] as const;

/** Those that occur or are predicted most, in the order of their numbers. */
const mostFrequent = (scores: ReadonlyArray<ClassScore>, most: number): ReadonlyArray<ClassScore> =>
  scores
    .toSorted((a, b) => b.support - a.support || a.symbol - b.symbol)
    .slice(0, most)
    .sort((a, b) => a.symbol - b.symbol);

const scoreTable = (names: (symbol: number) => string, scores: ReadonlyArray<ClassScore>): string => {
  const shown = mostFrequent(scores, mostLines);
  const lines = shown.map(({ symbol, precision, recall, f1, support }) => [
    names(symbol),
    ...[precision, recall, f1].map((value) => value.toFixed(3)),
    `${support}`,
  ]);
  const table = tableOf([["class", "precision", "recall", "F1", "support"], ...lines], 1).join("\n");
  const left = scores.length - shown.length;
  return left === 0 ? table : `${table}\n(and ${left} rarer, in --json)`;
};

/** Rows are what stands in the data, columns what was predicted; what is rare is put together. */
const confusionTable = (
  names: (symbol: number) => string,
  scores: ReadonlyArray<ClassScore>,
  confusion: Confusion,
): string => {
  const shown = mostFrequent(scores, scores.length <= mostColumns + 1 ? scores.length : mostColumns).map(
    ({ symbol }) => symbol,
  );
  const rest = scores.map(({ symbol }) => symbol).filter((symbol) => !shown.includes(symbol));
  const groups = [
    ...shown.map((symbol) => ({ name: names(symbol), of: [symbol] })),
    ...(rest.length === 0 ? [] : [{ name: "(others)", of: rest }]),
  ];
  const total = (rows: ReadonlyArray<number>, columns: ReadonlyArray<number>): number =>
    rows.reduce(
      (sum, row) => columns.reduce((inner, column) => inner + (confusion.get(row)?.get(column) ?? 0), sum),
      0,
    );
  return tableOf(
    [
      ["actual, predicted as", ...groups.map(({ name }) => name)],
      ...groups.map((row) => [row.name, ...groups.map((column) => `${total(row.of, column.of)}`)]),
    ],
    1,
  ).join("\n");
};

/** A name as it stands, or quoted where it could not be told from what is around it. */
const className = (name: string): string => {
  const shown = /^[^\s\p{C}]+(?: [^\s\p{C}]+)*$/u.test(name) ? name : JSON.stringify(name);
  const letters = Array.from(shown);
  return letters.length <= 20 ? shown : `${letters.slice(0, 19).join("")}…`;
};
