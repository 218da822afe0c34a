import { tableOf } from "../table.ts";
import type { Estimate } from "./bootstrap.ts";
import type { ClassScore, Confusion } from "./confusion.ts";
import type { Report, TargetReport } from "./measure.ts";
import { type Metric, metrics } from "./metrics.ts";

/** A report as tables of text. */
export const reportText = (report: Report, resamples: number): string =>
  [lossText(report, resamples), ...report.targets.flatMap(targetTables)].map((part) => `${part}\n`).join("\n");

/** The loss, and how intervals are found. */
export const lossText = ({ block, loss }: Report, resamples: number): string => {
  const drawn = block === 1 ? "the examples" : `blocks of ${block} windows, as many as overlap`;
  const intervals = loss.interval === null ? "" : `; [intervals] of 95 % by ${resamples} resamples of ${drawn}`;
  return `loss ${shownBy((value) => value.toFixed(4))(loss)} per value${intervals}`;
};

const targetTables = (report: TargetReport): ReadonlyArray<string> => {
  const { measures, classes } = tablesOf(report);
  return [
    tableOf(measures).join("\n"),
    ...(classes === undefined ? [] : [scoreTable(classes), tableOf(classes.confusion, 1).join("\n")]),
  ];
};

/** A head and lines, each a list of texts. */
export type Rows = ReadonlyArray<ReadonlyArray<string>>;

/** What is told of a target, line by line. */
export interface TargetTables {
  /** The model and each baseline. */
  readonly measures: Rows;
  /** How well each class is told, of how many there is no line, and what was taken for what. */
  readonly classes: { readonly scores: Rows; readonly left: number; readonly confusion: Rows } | undefined;
}

export const tablesOf = ({ target, observations, rows, classes }: TargetReport): TargetTables => {
  const shown = metrics[target.kind]
    .map((metric, i) => ({ metric, i }))
    .filter(({ i }) => rows.some(({ estimates }) => estimates[i] !== undefined));
  const head = [`${target.name}: ${counted(observations, "observation")}`, ...shown.map(({ metric }) => metric.title)];
  const lines = rows.map(({ name, estimates }) => [name, ...shown.map(({ metric, i }) => cell(metric, estimates[i]))]);
  const names = (symbol: number): string => className(target.classes[symbol] ?? `${symbol}`);
  return {
    measures: [head, ...lines],
    classes:
      classes === undefined || classes.scores.length === 0
        ? undefined
        : {
            ...scoreRows(names, classes.scores),
            confusion: confusionRows(names, classes.scores, classes.confusion),
          },
  };
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

const scoreRows = (
  names: (symbol: number) => string,
  scores: ReadonlyArray<ClassScore>,
): { readonly scores: Rows; readonly left: number } => {
  const shown = mostFrequent(scores, mostLines);
  const lines = shown.map(({ symbol, precision, recall, f1, support }) => [
    names(symbol),
    ...[precision, recall, f1].map((value) => value.toFixed(3)),
    `${support}`,
  ]);
  return {
    scores: [["class", "precision", "recall", "F1", "support"], ...lines],
    left: scores.length - shown.length,
  };
};

const scoreTable = ({ scores, left }: NonNullable<TargetTables["classes"]>): string => {
  const table = tableOf(scores, 1).join("\n");
  return left === 0 ? table : `${table}\n(and ${left} rarer, in --json)`;
};

/** Rows are what stands in the data, columns what was predicted; what is rare is put together. */
const confusionRows = (
  names: (symbol: number) => string,
  scores: ReadonlyArray<ClassScore>,
  confusion: Confusion,
): Rows => {
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
  return [
    ["actual, predicted as", ...groups.map(({ name }) => name)],
    ...groups.map((row) => [row.name, ...groups.map((column) => `${total(row.of, column.of)}`)]),
  ];
};

/** A name as it stands, or quoted where it could not be told from what is around it. */
const className = (name: string): string => {
  const shown = /^[^\s\p{C}]+(?: [^\s\p{C}]+)*$/u.test(name) ? name : JSON.stringify(name);
  const letters = Array.from(shown);
  return letters.length <= 20 ? shown : `${letters.slice(0, 19).join("")}…`;
};
