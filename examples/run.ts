import { parseArgs } from "node:util";
import { times } from "./tasks/dice.ts";
import { measureTask } from "./tasks/measurement.ts";
import { headLine, linesOf } from "./tasks/table.ts";
import type { LazyTask } from "./tasks/task.ts";
import { realTasks, tasks } from "./tasks/tasks.ts";
import { writeTable } from "./tasks/written.ts";

/**
 * Trains every task (or those whose names begin like one of those on the command line) from a few seeds, and prints what
 * each reached on what it never saw, beside what does without a model; fails if a mark is missed. `--write` puts the table
 * into README.md.
 */
const main = (): void => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seeds: { type: "string", default: "3" }, write: { type: "boolean", default: false } },
  });
  const all: ReadonlyArray<LazyTask> = [
    ...tasks().map((task) => ({ name: task.name, task: () => task })),
    ...realTasks,
  ];
  const chosen = all.filter(
    ({ name }) => positionals.length === 0 || positionals.some((wanted) => name.startsWith(wanted)),
  );
  const seeds = times(Number(values.seeds), (i) => i + 1);
  console.log(headLine());
  const measured = chosen.map(({ task }) => {
    const measurement = measureTask(task(), seeds);
    for (const line of linesOf(measurement)) console.log(line);
    return measurement;
  });
  if (values.write) writeTable(measured);
  const bad = measured.flatMap(({ marks }) => marks.filter(({ verdict }) => verdict !== "good"));
  const seconds = measured.reduce((sum, { seconds }) => sum + seconds, 0);
  console.log(`\n${seeds.length} seeds each; ${(seconds / 60).toFixed(1)} minutes of one core.`);
  if (chosen.length > 0 && bad.length === 0) return;
  console.log(`${bad.length} of the marks are missed.`);
  process.exitCode = 1;
};

main();
