import { parseArgs } from "node:util";
import { times } from "./tasks/dice.ts";
import { measureInProcesses } from "./tasks/processes.ts";
import { headLine, linesOf } from "./tasks/table.ts";
import { allTasks } from "./tasks/tasks.ts";
import { keep, writeTable } from "./tasks/written.ts";

/**
 * Trains every task (or those whose names begin with one of the words on the command line) from a few seeds, and prints
 * what each reached on what it never saw, beside what is reached without a model; fails if a mark is missed.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** How many each task is trained from. */
    seeds: { type: "string", default: "3" },
    /** How many tasks are trained side by side. */
    processes: { type: "string", default: "2" },
    /** Whether README.md has what each task reached when it was last trained. */
    write: { type: "boolean", default: false },
  },
});

/** A whole number from 1, as it was written on the command line. */
const countOf = (option: "seeds" | "processes"): number => {
  if (/^[1-9]\d*$/.test(values[option])) return Number(values[option]);
  console.error(`--${option}: I expected a whole number of 1 or more, and found ${values[option]}.`);
  process.exit(2);
};

const seeds = times(countOf("seeds"), (i) => i + 1);
const all = allTasks().map(({ name }) => name);
const names = all.filter((name) => positionals.length === 0 || positionals.some((wanted) => name.startsWith(wanted)));
if (names.length === 0) {
  console.error(`I found no task that begins like ${positionals.join(", ")}; there are:\n  ${all.join("\n  ")}`);
  process.exit(2);
}

console.log(headLine());
const start = performance.now();
const measured = await measureInProcesses(
  names.map((name) => ({ name, seeds })),
  countOf("processes"),
  (measurement) => {
    keep(measurement);
    console.log(linesOf(measurement).join("\n"));
  },
);
if (values.write) writeTable(all);

const minutes = (seconds: number): string => (seconds / 60).toFixed(1);
const bad = measured.flatMap(({ marks }) => marks).filter(({ verdict }) => verdict !== "good");
const used = measured.reduce((sum, { seconds }) => sum + seconds, 0);
console.log(
  `\n${seeds.length} seeds each, ${minutes((performance.now() - start) / 1000)} minutes (of processors ${minutes(used)}).`,
);
if (bad.length > 0) {
  console.log(`${bad.length} of ${measured.flatMap(({ marks }) => marks).length} marks are missed.`);
  process.exitCode = 1;
}
