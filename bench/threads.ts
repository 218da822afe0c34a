import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import "../src/native/index.ts";
import type { Target } from "../src/emit/targets.ts";
import { iterations } from "./iterations.ts";
import { table, writeSection } from "./markdown.ts";
import { type Peer, pytorch } from "./peers.ts";
import { measured as measuredPeers, type Plan, quick as quickly, thorough } from "./rounds.ts";
import { significant, timingOf } from "./statistics.ts";
import { compiledProgram, examplesOf, taskOf, type Workload } from "./task.ts";
import { workloads } from "./workloads.ts";

const targets: ReadonlyArray<Target> = ["wasm", "native"];
const names = ["W1", "W4", "W5"];

/** How much faster two threads are than one, measured in turns, of rnnc and of PyTorch: `npm run bench -- threads`. */
export const runThreads = async ({ quick, json }: { readonly quick: boolean; readonly json: boolean }) => {
  const rows: Row[] = [];
  for (const workload of workloads.filter(({ name }) => names.includes(name))) {
    for (const target of targets) rows.push(await measured(workload, target, quick ? 5 : 20));
    rows.push(...(await measuredInPytorch(workload, quick ? quickly : thorough)));
  }
  const text = [
    "Written by `npm run bench -- threads`.",
    table(
      ["milliseconds, median", "", "one thread", "two", "times as fast"],
      rows.map(({ name, of, one, two }) => [name, of, significant(one), significant(two), (one / two).toFixed(2)]),
    ),
  ].join("\n\n");
  if (!quick) writeSection("threads", text);
  console.log(json ? JSON.stringify(rows, null, 2) : text);
};

interface Row {
  readonly name: string;
  readonly of: string;
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
  return { name: workload.name, of: target, one: one!, two: two! };
};

const twoThreads = { OMP_NUM_THREADS: "2", OPENBLAS_NUM_THREADS: "2", MKL_NUM_THREADS: "2" };
const inPytorch: ReadonlyArray<Peer> = [
  pytorch,
  { ...pytorch, name: "PyTorch on two threads", environment: twoThreads },
];

/** The fastest variant on one thread and the fastest on two; nothing where PyTorch is not installed. */
const measuredInPytorch = async (workload: Workload, plan: Plan): Promise<ReadonlyArray<Row>> => {
  const folder = mkdtempSync(join(tmpdir(), "rnnc-bench-"));
  const taskFile = join(folder, "task.json");
  writeFileSync(taskFile, JSON.stringify(taskOf(workload)));
  const results = await measuredPeers(inPytorch, taskFile, plan).finally(() => rmSync(folder, { recursive: true }));
  const [one, two] = results.map(({ variants }) => Math.min(...variants.map(({ timing }) => timing.median)));
  if (one === undefined || two === undefined || !Number.isFinite(one + two)) return [];
  return [{ name: workload.name, of: "PyTorch", one, two }];
};
