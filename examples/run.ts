import { isReached, type Mark, type Required, type Task, type Trained } from "./tasks/task.ts";
import { tasks } from "./tasks/tasks.ts";
import { trainTask } from "./tasks/train.ts";

/**
 * Trains every task (or those named on the command line), prints what each reached beside what is required, and fails
 * if one misses its mark.
 */
const main = (names: ReadonlyArray<string>): void => {
  const chosen = tasks().filter(({ name }) => names.length === 0 || names.includes(name));
  console.log(row("task", "metric", "reached", "required", "seconds"));
  const missed = chosen.flatMap(told).filter((reached) => !reached);
  if (chosen.length > 0 && missed.length === 0) return;
  console.log(`\n${missed.length} of the marks are missed.`);
  process.exitCode = 1;
};

/** Prints the rows of one task: whether each of its marks is reached. */
const told = (task: Task): ReadonlyArray<boolean> => {
  const start = performance.now();
  const trained = trainTask(task);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  return task.marks.map((mark, i) => toldMark(i === 0 ? task.name : "", mark, trained, i === 0 ? seconds : ""));
};

const toldMark = (name: string, { metric, measure, required }: Mark, trained: Trained, seconds: string): boolean => {
  const reached = measure(trained);
  const good = required === undefined || isReached(reached, required);
  console.log(row(name, metric, shown(reached), showRequired(required), seconds) + (good ? "" : "   MISSED"));
  return good;
};

const showRequired = (required: Required | undefined): string =>
  required === undefined ? "" : `${required.tag === "atLeast" ? "≥" : "≤"} ${Number(required.bound.toFixed(3))}`;

const shown = (value: number): string =>
  Number.isInteger(value) ? `${value}` : Math.abs(value) < 1e-3 ? value.toExponential(2) : value.toFixed(4);

const row = (task: string, metric: string, reached: string, required: string, seconds: string): string =>
  `${task.padEnd(36)} ${metric.padEnd(60)}${reached.padStart(10)}${required.padStart(10)}${seconds.padStart(9)}`;

main(process.argv.slice(2));
