import type { MeasuredMark, Measurement } from "./measurement.ts";
import type { Required } from "./task.ts";

/** The cells of a mark's row. The figure is that of the seed in the middle. */
interface Row {
  readonly task: string;
  readonly metric: string;
  readonly baseline: string;
  readonly reached: string;
  readonly spread: string;
  readonly required: string;
  readonly unseen: string;
  readonly seconds: string;
}

export const rowsOf = ({ name, marks, seconds }: Measurement): ReadonlyArray<Row> =>
  marks.map((mark, i) => ({
    task: i === 0 ? name : "",
    metric: mark.metric,
    baseline: mark.baseline === undefined ? "" : `${shown(mark.baseline.value)} ${mark.baseline.name}`,
    reached: shown(medianOf(mark.reached)),
    spread: spreadOf(mark.reached),
    required: requiredOf(mark.required),
    unseen: mark.examples === 0 ? "" : `${mark.examples - mark.seen} of ${mark.examples}`,
    seconds: i === 0 ? seconds.toFixed(0) : "",
  }));

const headings: Row = {
  task: "task",
  metric: "figure",
  baseline: "baseline",
  reached: "reached",
  spread: "least to greatest",
  required: "required",
  unseen: "never seen",
  seconds: "CPU s",
};

const widths: { readonly [C in keyof Row]: number } = {
  task: 36,
  metric: 64,
  baseline: 36,
  reached: 9,
  spread: 17,
  required: 9,
  unseen: 14,
  seconds: 6,
};
const columns = Object.keys(widths) as ReadonlyArray<keyof Row>;
const isText = (column: keyof Row): boolean => ["task", "metric", "baseline"].includes(column);

/** Lines for a terminal: the headings, or the marks of a task with what is wrong with them. */
export const headLine = (): string => lineOf(headings);
export const linesOf = (measurement: Measurement): ReadonlyArray<string> =>
  rowsOf(measurement).flatMap((row, i) => {
    const { verdict, notes } = measurement.marks[i]!;
    return [
      lineOf(row) + (verdict === "good" ? "" : `   ${verdict.toUpperCase()}`),
      ...notes.map((note) => `${" ".repeat(widths.task + 1)}(${note})`),
    ];
  });

const lineOf = (row: Row): string =>
  columns.map((column) => row[column][isText(column) ? "padEnd" : "padStart"](widths[column])).join(" ");

/** The same as a table of Markdown, its notes below. */
export const markdownOf = (measurements: ReadonlyArray<Measurement>): ReadonlyArray<string> => {
  const line = (row: Row): string => `| ${columns.map((column) => row[column]).join(" | ")} |`;
  const notes = [...new Set(measurements.flatMap(({ name, marks }) => marks.flatMap((mark) => notesOf(name, mark))))];
  return [
    line(headings),
    `| ${columns.map((column) => (isText(column) ? "---" : "---:")).join(" | ")} |`,
    ...measurements.flatMap(rowsOf).map(line),
    "",
    ...notes.map((note) => `- ${note}`),
  ];
};

const notesOf = (name: string, { notes }: MeasuredMark): ReadonlyArray<string> =>
  notes.map((note) => `${name}: ${note}.`);

export const medianOf = (values: ReadonlyArray<number>): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
};

const spreadOf = (values: ReadonlyArray<number>): string =>
  values.length < 2 ? "one seed" : `${shown(Math.min(...values))} to ${shown(Math.max(...values))}`;

const requiredOf = (required: Required | undefined): string =>
  required === undefined ? "" : `${required.tag === "atLeast" ? "≥" : "≤"} ${Number(required.bound.toFixed(4))}`;

const shown = (value: number): string =>
  Number.isInteger(value)
    ? `${value}`
    : Math.abs(value) < 1e-3
      ? value.toExponential(1)
      : Math.abs(value) < 10
        ? value.toFixed(3)
        : value.toPrecision(4);
