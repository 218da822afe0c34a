import { setTimeout } from "node:timers/promises";
import "../src/native/index.ts";
import type { Target } from "../src/emit/targets.ts";
import { iterations } from "./iterations.ts";
import { table, writeSection } from "./markdown.ts";
import { significant, timingOf } from "./statistics.ts";
import { compiledProgram, examplesOf, type Workload } from "./task.ts";
import { workloads } from "./workloads.ts";

const targets: ReadonlyArray<Target> = ["wasm", "native"];
const names = ["W1", "W4", "W5"];

/** How much faster two threads are than one, measured in turns: `npm run bench -- threads`. */
export const runThreads = async ({ quick, json }: { readonly quick: boolean; readonly json: boolean }) => {
  const rows: Row[] = [];
  for (const workload of workloads.filter(({ name }) => names.includes(name)))
    for (const target of targets) rows.push(await measured(workload, target, quick ? 5 : 20));
  const text = [
    "Written by `npm run bench -- threads`.",
    table(
      ["milliseconds, median", "", "one thread", "two", "times as fast"],
      rows.map(({ name, target, one, two }) => [
        name,
        target,
        significant(one),
        significant(two),
        (one / two).toFixed(2),
      ]),
    ),
  ].join("\n\n");
  if (!quick) writeSection("threads", text);
  console.log(json ? JSON.stringify(rows, null, 2) : text);
};

interface Row {
  readonly name: string;
  readonly target: Target;
  readonly one: number;
  readonly two: number;
}

const measured = async (workload: Workload, target: Target, rounds: number): Promise<Row> => {
  const examples = examplesOf(workload);
  const runs = [1, 2].map((threads) => {
    const compiled = compiledProgram(workload.program, target, { threads });
    return iterations[workload.program.iteration](compiled, compiled.init(1), examples).run;
  });
  // Workers are made at the second run; until they listen, all is done here.
  for (const run of [...runs, ...runs]) run();
  await setTimeout(1000);
  const samples: ReadonlyArray<number[]> = runs.map(() => []);
  for (let round = 0; round <= rounds; round += 1)
    runs.forEach((run, i) => {
      const started = performance.now();
      for (let count = 0; count < 3; count += 1) run();
      // The first round is for the engine to learn.
      if (round > 0) samples[i]!.push((performance.now() - started) / 3);
    });
  const [one, two] = samples.map((each) => timingOf(each).median);
  return { name: workload.name, target, one: one!, two: two! };
};
